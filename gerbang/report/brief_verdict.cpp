// The verdict of a brief in a sentence.
#include <algorithm>

#include "gerbang/report/brief_context.h"

namespace gerbang::report {

using evaluate::RegionGain;
using evaluate::Verdict;

std::string verdict_words(const BriefContext& context, std::vector<RegionGain> gains) {
  const auto name = [&](std::size_t i) { return context.short_name(gains[i].region); };
  if (gains.size() == 1) {
    switch (gains[0].verdict) {
      case Verdict::kGains:
        return context.say({"{} untung.", "{} gains."}, name(0));
      case Verdict::kLoses:
        return context.say({"{} rugi.", "{} loses."}, name(0));
      case Verdict::kNoMaterialChange:
        return context.say({"Bagi {} tidak ada perubahan berarti.", "For {} there is no material change."},
                           name(0));
    }
  }
  std::stable_sort(gains.begin(), gains.end(),
                   [](const RegionGain& a, const RegionGain& b) { return a.ev_percent > b.ev_percent; });
  const auto are = [&](Verdict first, Verdict second) {
    return gains[0].verdict == first && gains[1].verdict == second;
  };
  if (are(Verdict::kGains, Verdict::kGains)) return context.in({"Keduanya untung.", "Both gain."});
  if (are(Verdict::kNoMaterialChange, Verdict::kNoMaterialChange))
    return context.in(
        {"Bagi keduanya tidak ada perubahan berarti.", "For both there is no material change."});
  if (are(Verdict::kLoses, Verdict::kLoses)) return context.in({"Keduanya rugi.", "Both lose."});
  if (are(Verdict::kGains, Verdict::kLoses))
    return context.say({"{} untung, {} yang membayar.", "{} gains, {} pays."}, name(0), name(1));
  if (are(Verdict::kGains, Verdict::kNoMaterialChange))
    return context.say(
        {"{} untung; bagi {} tidak ada perubahan berarti.", "{} gains; for {} there is no material change."},
        name(0), name(1));
  return context.say(
      {"{} rugi; bagi {} tidak ada perubahan berarti.", "{} loses; for {} there is no material change."},
      name(1), name(0));
}

}  // namespace gerbang::report
