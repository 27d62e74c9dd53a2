// What a reader would stumble over: looked for in the page as it is laid out.

/** Text smaller than 12 px, text that reaches out of its window, box or drawing, and text that lies over other text. */
export const faults = (page) =>
  page.evaluate(() => {
    const found = [];
    const TOLERANCE = 1.5; // px
    const say = (kind, element) => found.push(`${kind}: ${element.textContent.trim().slice(0, 50)}`);
    const boxes = [];
    // What scrolls in a box of its own is seen within that box.
    const clipOf = (element) => {
      const clip = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
      for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement) {
        if (getComputedStyle(parent).overflowY === 'visible') continue;
        const box = parent.getBoundingClientRect();
        clip.left = Math.max(clip.left, box.left);
        clip.right = Math.min(clip.right, box.right);
        clip.top = Math.max(clip.top, box.top);
        clip.bottom = Math.min(clip.bottom, box.bottom);
      }
      return clip;
    };
    for (const element of document.querySelectorAll('body *')) {
      const words = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
      if (words.length === 0 || element.closest('script, style, title, option, .maplibregl-control-container, .skip')) continue;
      const range = document.createRange();
      range.selectNodeContents(words[0]);
      const rects = words.flatMap((node) => (range.selectNode(node), [...range.getClientRects()]));
      if (rects.length === 0) continue;
      if (parseFloat(getComputedStyle(element).fontSize) < 12) say('small', element);
      const isWide = element.closest('.exact .table'); // scrolls in its own box
      for (const { left, right, top, bottom, width } of rects) {
        if (width === 0) continue;
        if (!isWide && !element.closest('.map') && (right > innerWidth + TOLERANCE || left < -TOLERANCE)) say('outside the window', element);
        const drawing = element.closest('.drawing svg');
        const frame = drawing?.getBoundingClientRect();
        if (frame && (left < frame.left - TOLERANCE || right > frame.right + TOLERANCE || top < frame.top - 3 || bottom > frame.bottom + 3)) say('outside its drawing', element);
        const layer = element.closest('.legend, .map-buttons, .map-title') ? 'over the map' : element.closest('.names') ? 'names' : 'page';
        const clip = clipOf(element);
        const seen = { left: Math.max(left, clip.left), right: Math.min(right, clip.right), top: Math.max(top, clip.top), bottom: Math.min(bottom, clip.bottom) };
        if (seen.right > seen.left && seen.bottom > seen.top) boxes.push({ element, layer, ...seen });
      }
      if (element.scrollWidth > element.clientWidth + 2 && getComputedStyle(element).overflowX === 'hidden' && element.clientWidth > 0) say('cut', element);
    }
    boxes.sort((a, b) => a.top - b.top);
    boxes.forEach((a, i) => {
      for (const b of boxes.slice(i + 1)) {
        if (b.top > a.bottom) break;
        if (a.layer !== b.layer || a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element)) continue;
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (width > 3 && height > 4) say(`over “${a.element.textContent.trim().slice(0, 30)}”`, b.element);
      }
    });
    return found;
  });
