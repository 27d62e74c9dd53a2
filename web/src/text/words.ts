// Everything the page says, in one language.
import type { Comparison, Study, Verdict } from '../model/types';
import { en, type Key } from './en';
import { id } from './id';
import { Numbers, type Language } from './numbers';

export type { Key } from './en';

export class Words {
  readonly numbers: Numbers;

  constructor(readonly language: Language) {
    this.numbers = new Numbers(language);
  }

  say(key: Key, values: Record<string, string | number> = {}): string {
    const pattern: string = (this.language === 'id' ? id : en)[key];
    return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  }

  /** The name in this language of what has one in both. */
  name(thing: { name: string; name_en: string }): string {
    return this.language === 'en' && thing.name_en ? thing.name_en : thing.name;
  }

  /** The name up to its colon: what a sentence has room for. */
  shortName(thing: { name: string; name_en: string }): string {
    return this.name(thing).split(':')[0] ?? '';
  }

  /** "With partners, 2034": the outcome that is looked at. */
  when(study: Study, scenario: string, year: number): string {
    const known = study.scenarios.find((s) => s.scenario_id === scenario);
    return `${known ? this.shortName(known) : scenario}, ${year}`;
  }

  title(study: Study): string {
    return this.language === 'en' ? study.title_en : study.title;
  }

  mode(mode: string): string {
    const key = `mode_${mode}`;
    return key in en ? this.say(key as Key) : mode;
  }

  verdict(verdict: Verdict): string {
    return this.say(verdict === 'gains' ? 'gains_word' : verdict === 'loses' ? 'loses_word' : 'no_change_word');
  }

  /** A word for tables. */
  verdictWord(verdict: Verdict): string {
    return verdict === 'no material change' ? this.say('same_word') : this.verdict(verdict);
  }

  /** "IDR 266 bn a year", "Rp266 miliar setahun"; trillions where they are. */
  money(idrBn: number, signed = true): string {
    const isTrillion = Math.abs(idrBn) >= 10_000;
    const amount = isTrillion ? idrBn / 1000 : idrBn;
    const figure = signed ? this.numbers.change(amount) : this.numbers.figure(amount);
    return this.language === 'en' ? `IDR ${figure} ${isTrillion ? 'tn' : 'bn'}` : `${figure.replace(/^([+−]?)/, '$1Rp')} ${isTrillion ? 'triliun' : 'miliar'}`;
  }

  /** The verdict of a comparison, in a sentence. */
  headline(comparison: Comparison, scenario: string, reference: string, year: number): string {
    const n = comparison.regions.region.length;
    const { gainers, losers } = comparison;
    const same = n - gainers - losers;
    const gained = this.money(comparison.gained_idr_bn, false);
    const lost = this.money(-comparison.lost_idr_bn, false);
    if (this.language === 'en') {
      switch (comparison.finding) {
        case 'no_material_change':
          return `In ${year}, ${scenario} makes no material difference to any of the ${n} regions, compared with ${reference}.`;
        case 'all_gain':
          return `In ${year}, all ${n} regions gain from ${scenario}: ${gained} a year, compared with ${reference}.`;
        case 'nobody_loses':
          return `In ${year}, nobody loses from ${scenario}: ${gainers} of ${n} regions gain ${gained} a year and ${same} see no material change, compared with ${reference}.`;
        default:
          return `In ${year}, ${losers} of ${n} regions lose ${lost} a year from ${scenario}, ${gainers > 0 ? `${gainers} gain ${gained}` : 'none gains'}${same > 0 ? ` and ${same} see no material change` : ''}, compared with ${reference}.`;
      }
    }
    switch (comparison.finding) {
      case 'no_material_change':
        return `Pada ${year}, ${scenario} tidak membawa perubahan berarti bagi satu pun dari ${n} wilayah, dibanding ${reference}.`;
      case 'all_gain':
        return `Pada ${year}, seluruh ${n} wilayah untung dari ${scenario}: ${gained} setahun, dibanding ${reference}.`;
      case 'nobody_loses':
        return `Pada ${year}, tidak ada yang rugi dari ${scenario}: ${gainers} dari ${n} wilayah untung ${gained} setahun dan ${same} tanpa perubahan berarti, dibanding ${reference}.`;
      default:
        return `Pada ${year}, ${losers} dari ${n} wilayah rugi ${lost} setahun dari ${scenario}, ${gainers > 0 ? `${gainers} untung ${gained}` : 'tidak ada yang untung'}${same > 0 ? `, dan ${same} tanpa perubahan berarti` : ''}, dibanding ${reference}.`;
    }
  }
}
