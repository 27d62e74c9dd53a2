// The study's own names in the language that the page is read in.
import type { Study } from './types';

/** Makes thing[key] read as the Indonesian name or as the English one, whichever the page speaks when it is read. */
function bilingual<Key extends PropertyKey>(thing: Record<Key, string>, key: Key, english: string, isEnglish: () => boolean): void {
  const indonesian = thing[key];
  if (english && english !== indonesian) Object.defineProperty(thing, key, { get: () => (isEnglish() ? english : indonesian), enumerable: true });
}

/** What has name and name_en beside each other in a sentence goes through Words.name(); all else is named here, once. */
export function nameThings(study: Study, isEnglish: () => boolean): void {
  for (const list of [study.regions, study.links, study.terminals, study.services])
    for (const thing of list) bilingual(thing, 'name', thing.name_en, isEnglish);
  for (const link of study.links) {
    bilingual(link, 'from_name', link.from_name_en, isEnglish);
    bilingual(link, 'to_name', link.to_name_en, isEnglish);
  }
  for (const service of study.services) bilingual(service, 'carrier', service.carrier_en, isEnglish);
  study.groups_en.forEach((english, i) => bilingual(study.groups as unknown as Record<number, string>, i, english, isEnglish));
  for (const outcome of study.outcomes)
    for (const comparison of outcome.comparisons)
      for (const group of comparison.groups) bilingual(group, 'group', group.group_en, isEnglish);
}
