#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "gerbang/base/anderson.h"
#include "gerbang/base/random.h"

namespace gerbang {
namespace {

using Vector = std::vector<double>;

// F(x) = A x + b with a dense A; the fixed point is chosen and b follows from it.
struct LinearMap {
  std::vector<Vector> a;
  Vector fixed_point;
  Vector b;

  LinearMap(std::size_t n, double size) : a(n, Vector(n)), fixed_point(n), b(n) {
    Random random(11, n);
    for (Vector& row : a)
      for (double& value : row) value = size * (random.uniform() - 0.5);
    for (double& value : fixed_point) value = 1.0 + random.uniform();
    const Vector image = apply(fixed_point);
    for (std::size_t i = 0; i < n; ++i) b[i] = fixed_point[i] - image[i];
  }
  [[nodiscard]] Vector apply(const Vector& x) const {
    Vector image = b;
    for (std::size_t i = 0; i < x.size(); ++i)
      for (std::size_t j = 0; j < x.size(); ++j) image[i] += a[i][j] * x[j];
    return image;
  }
  [[nodiscard]] double error(const Vector& x) const {
    double largest = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) largest = std::max(largest, std::abs(x[i] - fixed_point[i]));
    return largest;
  }
};

// On a linear map Anderson with full memory is equivalent to GMRES (Walker & Ni 2011, theorem 2.2): exact
// after at most n + 1 steps, here also where plain iteration diverges (spectral radius above 1).
TEST(Base, AndersonSolvesALinearFixedPointInDimensionPlusOneSteps) {
  constexpr std::size_t kDimension = 6;
  for (const double size : {0.3, 3.0}) {
    const LinearMap map(kDimension, size);
    Anderson anderson({.memory = kDimension + 1, .regularisation = 0.0});
    Vector x(kDimension, 0.0);
    for (std::size_t step = 0; step < kDimension + 1; ++step) x = anderson.next(x, map.apply(x));
    EXPECT_LT(map.error(x), 1e-6) << "entries of size " << size;
  }
}

TEST(Base, AndersonsFirstProposalIsTheDampedImage) {
  Anderson anderson({.damping = 0.25});
  EXPECT_EQ(anderson.next(Vector{1.0, 2.0}, Vector{3.0, -2.0}), (Vector{1.5, 1.0}));
}

TEST(Base, AndersonStaysAtAFixedPoint) {
  Anderson anderson({});
  const Vector x = {1.0, 2.0, 3.0};
  EXPECT_EQ(anderson.next(x, x), x);
  EXPECT_EQ(anderson.next(x, x), x);
}

TEST(Base, AndersonForgetsWhenReset) {
  const LinearMap map(3, 0.5);
  Anderson used({});
  Vector x(3, 0.0);
  for (int step = 0; step < 3; ++step) x = used.next(x, map.apply(x));
  used.reset();
  Anderson fresh({});
  EXPECT_EQ(used.next(x, map.apply(x)), fresh.next(x, map.apply(x)));
}

// cos x = x at the Dottie number (OEIS A003957).
TEST(Base, AndersonFindsTheDottieNumberFasterThanPlainIteration) {
  constexpr double kDottie = 0.73908513321516064166;
  Anderson anderson({.memory = 2});
  Vector x = {0.0};
  for (int step = 0; step < 8; ++step) x = anderson.next(x, Vector{std::cos(x[0])});
  EXPECT_NEAR(x[0], kDottie, 1e-8);
}

TEST(Base, TheLargestChangeIsFoundWhereverItLiesAndIsInfiniteWithANumberThatIsNone) {
  for (std::size_t place = 0; place < 19; ++place) {
    Vector x(19, 1.0), image(19, 1.5);
    image[place] = -3.0;
    EXPECT_EQ(largest_change(x, image), 4.0);
    image[place] = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(largest_change(x, image), std::numeric_limits<double>::infinity());
    x[place] = image[place] = std::numeric_limits<double>::infinity();
    EXPECT_EQ(largest_change(x, image), std::numeric_limits<double>::infinity());
  }
}

}  // namespace
}  // namespace gerbang
