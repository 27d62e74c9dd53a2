// Colours that people with any colour vision can tell apart, on the map and in charts.
export type Rgb = [number, number, number];
export type Rgba = [number, number, number, number];

/** As the page and the map both read it. */
export const css = ([r, g, b, alpha = 255]: Rgb | Rgba): string => `rgba(${r}, ${g}, ${b}, ${alpha / 255})`;
const hex = (text: string): Rgb => [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16)) as Rgb;

// ColorBrewer RdBu without its palest steps: losses are red-brown, gains blue; the middle is grey.
const LOSSES = ['#f7b799', '#e27b62', '#c13639', '#7f0a23'].map(hex);
const GAINS = ['#a5cfe3', '#5ea5cd', '#2a71b2', '#0b3c77'].map(hex);
export const NEUTRAL: Rgb = hex('#e4e2dd');
export const GAIN = css(hex('#2a71b2'));
export const LOSS = css(hex('#c13639'));
export const SAME = '#a7a49d';
/** Between regions. */
export const BORDER: Rgba = [120, 124, 128, 150];

/** Diverging around zero: at most four steps on each side. */
export interface Diverging {
  /** Least size of each step, ascending; below the first is neutral. */
  steps: number[];
  colour(value: number): Rgb;
}

// The largest of …, 1, 3, 10, 30, … that is no more than the value.
function roundStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  return value >= 3 * power ? 3 * power : power;
}

/** Steps grow threefold, or tenfold where three would not reach from the neutral band to the largest value. */
export function diverging(largest: number, neutral: number): Diverging {
  const steps = [neutral];
  const top = largest > neutral ? roundStep(largest) : neutral;
  const isWide = top / neutral > 40;
  const decade = 10 ** Math.floor(Math.log10(top) + 1e-9);
  const candidates = isWide ? [decade / 100, decade / 10, decade] : [top / 10, top >= 3 * decade ? decade : (3 * decade) / 10, top];
  for (const step of candidates) if (step > neutral * 1.01 && steps.length < 4) steps.push(Number(step.toPrecision(3)));
  const shades = (colours: Rgb[]) => colours.slice(colours.length - steps.length);
  const gains = shades(GAINS);
  const losses = shades(LOSSES);
  return {
    steps,
    colour: (value) => {
      const index = steps.findLastIndex((step) => Math.abs(value) >= step);
      if (index < 0) return NEUTRAL;
      return (value > 0 ? gains : losses)[index] ?? NEUTRAL;
    },
  };
}

/** Use over capacity in four classes. */
export const USE_CLASSES: { below: number; colour: Rgb; label: string }[] = [
  { below: 0.5, colour: hex('#4a97cb'), label: '< 50 %' },
  { below: 0.8, colour: hex('#e3bd1f'), label: '50–80 %' },
  { below: 1.0, colour: hex('#dc6a14'), label: '80–100 %' },
  { below: Infinity, colour: hex('#7a0c1e'), label: '> 100 %' },
];
export const UNKNOWN_USE: Rgb = hex('#838a91');

export function useColour(use: number | null): Rgb {
  if (use === null) return UNKNOWN_USE;
  return USE_CLASSES.find((c) => use < c.below)?.colour ?? UNKNOWN_USE;
}

/** Okabe and Ito's palette, for kinds of goods; indigo for its yellow, which is pale on white. */
export const CATEGORIES = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#332288', '#555555'];
