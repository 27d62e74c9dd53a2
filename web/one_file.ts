// A Vite plugin that leaves one file behind, page.html: script and style as gzip in base64, with a few plain
// lines that unpack them. A browser that cannot unpack says so.
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const UNPACK = `
(async () => {
  const text = async (id) => {
    const packed = atob(document.getElementById(id).textContent);
    const bytes = new Uint8Array(packed.length);
    for (let i = 0; i < packed.length; i += 1) bytes[i] = packed.charCodeAt(i);
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
  };
  const put = async (tag, id) => {
    const element = document.createElement(tag);
    element.textContent = await text(id);
    document.head.append(element);
  };
  try {
    await put('style', 'page-style');
    await put('script', 'page-code');
  } catch (error) {
    document.getElementById('page').textContent =
      'Halaman ini memerlukan peramban tahun 2023 atau lebih baru. · This page needs a browser of 2023 or newer. (' + error + ')';
  }
})();
`;

const packed = (id: string, text: string): string =>
  `<script type="application/gzip" id="${id}">${gzipSync(text, { level: 9 }).toString('base64')}</script>`;

export function oneFile(): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    apply: 'build',
    generateBundle(_options, bundle) {
      let html = '';
      let code = '';
      let style = '';
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === 'chunk') code += file.code;
        else if (name.endsWith('.css')) style += String(file.source);
        else if (name.endsWith('.html')) html = String(file.source);
        else continue;
        delete bundle[name];
      }
      const page = html
        .replace(/\s*<script type="module"[^>]*><\/script>/g, '')
        .replace(/\s*<link rel="stylesheet"[^>]*>/g, '')
        .replace('</body>', () => `${packed('page-style', style)}\n${packed('page-code', code)}\n<script>${UNPACK}</script>\n</body>`);
      this.emitFile({ type: 'asset', fileName: 'page.html', source: page });
    },
  };
}
