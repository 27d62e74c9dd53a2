#include <gtest/gtest.h>

#include <string>
#include <type_traits>
#include <unordered_set>

#include "gerbang/base/id.h"
#include "gerbang/base/table.h"

namespace gerbang {
namespace {

struct Harbour;
struct Crane;
using HarbourId = Id<Harbour>;
using CraneId = Id<Crane>;
using Names = Table<HarbourId, std::string>;

template <class T, class Index>
concept IndexedBy = requires(T table, Index index) {
  table[index];
};

TEST(Base, IdsOfDifferentThingsDoNotMix) {
  static_assert(!std::is_convertible_v<HarbourId, CraneId>);
  static_assert(!std::is_constructible_v<CraneId, HarbourId>);
  static_assert(!std::is_convertible_v<int, HarbourId>);
  static_assert(sizeof(HarbourId) == sizeof(std::uint32_t));
}

TEST(Base, IdsCompareAndHashByTheirValue) {
  EXPECT_EQ(HarbourId(3), HarbourId(3));
  EXPECT_LT(HarbourId(3), HarbourId(4));
  EXPECT_EQ(HarbourId().value(), 0U);
  EXPECT_EQ((std::unordered_set<HarbourId>{HarbourId(1), HarbourId(2), HarbourId(1)}.size()), 2U);
}

TEST(Base, ATableIsIndexedByItsOwnIdOnly) {
  static_assert(IndexedBy<Names, HarbourId>);
  static_assert(!IndexedBy<Names, CraneId>);
  static_assert(!IndexedBy<Names, std::size_t>);
  Names names;
  EXPECT_TRUE(names.empty());
  const HarbourId kariangau = names.push_back("Kariangau");
  const HarbourId parepare = names.push_back("Parepare");
  EXPECT_EQ(names[kariangau], "Kariangau");
  names[parepare] = "Pare-Pare";
  EXPECT_EQ(names.rows(), (std::vector<std::string>{"Kariangau", "Pare-Pare"}));
}

TEST(Base, ATableWalksItsIdsInOrder) {
  const Table<HarbourId, double> depths(3, 9.5);
  std::size_t expected = 0;
  for (const HarbourId id : depths.ids()) {
    EXPECT_EQ(id.value(), expected++);
    EXPECT_EQ(depths[id], 9.5);
  }
  EXPECT_EQ(expected, depths.size());
}

}  // namespace
}  // namespace gerbang
