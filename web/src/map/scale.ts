// Widths of bands and sizes of circles: proportional to the root of the tonnes, so that a small service is
// still seen beside a coal line.
export const WIDEST_PX = 13;
const NARROWEST_PX = 1;
export const LARGEST_PX = 15;

export interface SizeScale {
  largest: number;
  band(kt: number): number;
  circle(kt: number): number;
}

export function sizeScale(largest: number): SizeScale {
  const part = (kt: number) => (largest > 0 ? Math.sqrt(Math.abs(kt) / largest) : 0);
  return {
    largest,
    band: (kt) => (kt === 0 ? 0 : Math.max(NARROWEST_PX, WIDEST_PX * part(kt))),
    circle: (kt) => (kt === 0 ? 0 : Math.max(2.5, LARGEST_PX * part(kt))),
  };
}

/** Round figures at which the legend shows a width. */
export function legendSteps(largest: number): number[] {
  if (largest <= 0) return [];
  const top = 10 ** Math.floor(Math.log10(largest));
  const leading = Math.floor(largest / top) >= 5 ? 5 : Math.floor(largest / top) >= 2 ? 2 : 1;
  return [(leading * top) / 100, (leading * top) / 10, leading * top];
}
