// What is written on everything that leaves the page: which study, which results, which version.
import type { Study } from '../model/types';

export function stampOf(study: Study): string {
  return `gerbang ${study.version} · ${study.name} · study ${study.study_hash.slice(0, 16)} · results ${study.results_hash.slice(0, 16)}`;
}

export interface Column {
  name: string;
  unit?: string;
}
export type Cell = string | number | null;

const quote = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
// A cell that a spreadsheet would run as a formula is kept as text.
const cellText = (cell: Cell): string =>
  cell === null ? '' : typeof cell === 'number' ? String(cell) : quote(/^[=+@\t\r-]/.test(cell) ? `'${cell}` : cell);

/** The first lines say where the figures come from and what they are about. */
export function csvOf(lines: string[], columns: Column[], rows: Cell[][]): string {
  const head = columns.map((c) => quote(c.unit ? `${c.name} [${c.unit}]` : c.name)).join(',');
  const said = lines.map((line) => `# ${line.replace(/\s+/g, ' ')}`);
  return [...said, head, ...rows.map((row) => row.map(cellText).join(','))].join('\r\n') + '\r\n';
}

export function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function saveCsv(name: string, lines: string[], columns: Column[], rows: Cell[][]): void {
  save(`${name}.csv`, new Blob(['\uFEFF', csvOf(lines, columns, rows)], { type: 'text/csv;charset=utf-8' }));
}

const NAMESPACE = 'http://www.w3.org/2000/svg';
const STAMP_PX = 22;

export interface Around {
  title: string;
  about: string;
  legend: { colour: string; text: string }[];
  stamp: string;
}

/** A copy of the chart that stands alone: white ground, title and legend above, the stamp below. */
export function stampedSvg(chart: SVGSVGElement, { title, about, legend, stamp }: Around): SVGSVGElement {
  const { width, height } = chart.getBoundingClientRect();
  const outer = document.createElementNS(NAMESPACE, 'svg');
  const above = STAMP_PX * (about ? 2 : 1);
  const top = above + (legend.length > 0 ? STAMP_PX : 0);
  const whole = height + top + STAMP_PX;
  outer.setAttribute('xmlns', NAMESPACE);
  outer.setAttribute('width', String(width));
  outer.setAttribute('height', String(whole));
  outer.setAttribute('viewBox', `0 0 ${width} ${whole}`);
  outer.setAttribute('font-family', 'system-ui, sans-serif');
  const ground = document.createElementNS(NAMESPACE, 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', '#fff');
  const inner = chart.cloneNode(true) as SVGSVGElement;
  inner.setAttribute('y', String(top));
  inner.setAttribute('width', String(width));
  inner.setAttribute('height', String(height));
  const line = (text: string, y: number, size: number, x = 4) => {
    const element = document.createElementNS(NAMESPACE, 'text');
    element.setAttribute('x', String(x));
    element.setAttribute('y', String(y));
    element.setAttribute('font-size', String(size));
    element.setAttribute('fill', '#333');
    element.textContent = text;
    return element;
  };
  outer.append(ground, line(title, 15, 14), inner, line(stamp, whole - 7, 12));
  if (about) outer.append(line(about, STAMP_PX + 14, 12));
  let x = 4;
  for (const { colour, text } of legend) {
    const swatch = document.createElementNS(NAMESPACE, 'rect');
    for (const [key, value] of Object.entries({ x, y: above + 4, width: 12, height: 12, fill: colour })) swatch.setAttribute(key, String(value));
    outer.append(swatch, line(text, above + 14, 12, x + 16));
    x += 28 + 7.2 * text.length;
  }
  return outer;
}

export function saveSvg(name: string, svg: SVGSVGElement): void {
  save(`${name}.svg`, new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' }));
}

function saveCanvas(name: string, canvas: HTMLCanvasElement): void {
  canvas.toBlob((blob) => blob && save(`${name}.png`, blob), 'image/png');
}

export async function savePng(name: string, svg: SVGSVGElement): Promise<void> {
  const scale = 2;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * scale;
  canvas.height = image.height * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  saveCanvas(name, canvas);
}

export interface MapPicture {
  canvases: HTMLCanvasElement[];
  names: { text: string; x: number; y: number; isStrong: boolean }[];
  lines: string[];
}

/** The map as it stands: its canvases one over the other, names, and lines of text below. */
export function saveMap(name: string, { canvases, names, lines }: MapPicture): void {
  const first = canvases[0];
  if (!first) return;
  const ratio = first.width / (first.clientWidth || first.width);
  const line = 20 * ratio;
  const canvas = document.createElement('canvas');
  canvas.width = first.width;
  canvas.height = first.height + line * (lines.length + 0.5);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const layer of canvases) context.drawImage(layer, 0, 0, first.width, first.height);
  const font = (px: number, weight: number) => `${weight} ${px * ratio}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.strokeStyle = '#fff';
  context.lineWidth = 3 * ratio;
  for (const label of names) {
    context.font = font(label.isStrong ? 14 : 12, 600);
    context.strokeText(label.text, label.x * ratio, label.y * ratio);
    context.fillStyle = '#20262e';
    context.fillText(label.text, label.x * ratio, label.y * ratio);
  }
  context.textAlign = 'left';
  context.fillStyle = '#333';
  context.font = font(13, 400);
  lines.forEach((text, i) => context.fillText(text, 6 * ratio, first.height + line * (i + 0.7)));
  saveCanvas(name, canvas);
}
