#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "gerbang/base/hash.h"

namespace gerbang {
namespace {

// The example messages of FIPS 180-2 (NIST), and the empty one.
TEST(Base, Sha256AgreesWithThePublishedVectors) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Base, AHasherTellsApartHowTextsAreSplit) {
  EXPECT_NE(Hasher().add("ab").add("c").hex(), Hasher().add("a").add("bc").hex());
  EXPECT_EQ(Hasher().add("ab").add("c").hex(), Hasher().add("ab").add("c").hex());
}

TEST(Base, AHasherHashesDoublesByTheirBits) {
  EXPECT_NE(Hasher().add(0.0).hex(), Hasher().add(-0.0).hex());
  EXPECT_NE(Hasher().add(0.1 + 0.2).hex(), Hasher().add(0.3).hex());
  const std::vector<double> one = {1.0};
  EXPECT_NE(Hasher().add(one).hex(), Hasher().add(1.0).hex());
}

// What Hasher feeds to SHA-256 is fixed: cached outcomes are found by it.
TEST(Base, AHasherIsSha256OfLengthAndBytes) {
  const std::uint64_t length = 3;
  std::string bytes(sizeof length, '\0');
  std::memcpy(bytes.data(), &length, sizeof length);
  EXPECT_EQ(Hasher().add("abc").hex(), sha256_hex(bytes + "abc"));
}

}  // namespace
}  // namespace gerbang
