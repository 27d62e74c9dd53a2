// Numbers as each language writes them.
export type Language = 'id' | 'en';

export class Numbers {
  // Making a format takes far longer than using it.
  readonly #fixed: Intl.NumberFormat[] = [];
  readonly #steps: Intl.NumberFormat;

  constructor(readonly language: Language) {
    this.#steps = new Intl.NumberFormat(this.locale, { maximumSignificantDigits: 2 });
  }

  private get locale(): string {
    return this.language === 'id' ? 'id-ID' : 'en-US';
  }

  private fixed(decimals: number): Intl.NumberFormat {
    return (this.#fixed[decimals] ??= new Intl.NumberFormat(this.locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));
  }

  plain(value: number, decimals = 0): string {
    const text = this.fixed(decimals).format(value);
    return /[1-9]/.test(text) ? text.replace('-', '−') : text.replace('-', '');
  }

  /** Three significant digits, never more than `most` decimals. */
  figure(value: number, most = 2): string {
    const size = Math.abs(value);
    const decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : most;
    return this.plain(value, Math.min(decimals, most));
  }

  /** A round figure of a legend: 0.03, 1,000. */
  step(value: number): string {
    return this.#steps.format(value);
  }

  /** The same with its sign; nothing is neither gain nor loss. */
  change(value: number, most = 2): string {
    const text = this.figure(value, most);
    return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
  }

  percentChange(value: number): string {
    return `${this.change(value, Math.abs(value) < 0.1 ? 3 : 2)}\u00a0%`;
  }

  percent(value: number, decimals = 0): string {
    return `${this.plain(value, decimals)}\u00a0%`;
  }

  /** 4.3e-9 as 4.3·10⁻⁹. */
  small(value: number): string {
    if (value === 0) return '0';
    const exponent = Math.floor(Math.log10(Math.abs(value)));
    const digits = [...String(exponent)].map((c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)])).join('');
    return `${this.plain(value / 10 ** exponent, 1)}·10${digits}`;
  }
}
