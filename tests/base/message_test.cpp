#include "gerbang/base/message.h"

#include <gtest/gtest.h>

#include <vector>

namespace gerbang {
namespace {

TEST(Message, FillsBothLanguagesWithTheSameArguments) {
  const Message message = said({"{1} dari {0:.1f}", "of {:.1f}, {}"}, 2.25, "satu");
  EXPECT_EQ(message.in(Language::kIndonesian), "satu dari 2.2");
  EXPECT_EQ(message.in(Language::kEnglish), "of 2.2, satu");
}

TEST(Message, TakesAMessageAsArgumentInEachLanguage) {
  const Message party = {"pihak", "party"};
  const Message message = said({"tambahkan {} itu", "add that {}"}, party);
  EXPECT_EQ(message.in(Language::kIndonesian), "tambahkan pihak itu");
  EXPECT_EQ(message.in(Language::kEnglish), "add that party");
}

TEST(Message, ListsNamesThatNoLanguageChanges) {
  const std::vector<std::string> names = {"a", "b"};
  EXPECT_EQ(said({"salah satu dari: {}", "one of: {}"}, fmt::join(names, ", ")).in(Language::kIndonesian),
            "salah satu dari: a, b");
  EXPECT_EQ(verbatim("--by").in(Language::kIndonesian), verbatim("--by").in(Language::kEnglish));
}

TEST(Message, IsAddedToInBothLanguages) {
  const Message sum = Message{"simpul", "node"} + Message{" hilang", " is missing"};
  EXPECT_EQ(sum.in(Language::kIndonesian), "simpul hilang");
  EXPECT_EQ(sum.in(Language::kEnglish), "node is missing");
  EXPECT_TRUE(Message().empty());
}

}  // namespace
}  // namespace gerbang
