// How far apart two colours are (CIE 1976) to people who see red, green or blue badly: Machado, Oliveira and Fernandes
// (2009), severity 1.
const SIGHTS = {
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
const TO_XYZ = [[0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505], [0.2126, 0.7152, 0.0722], [0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089]];

const times = (matrix, vector) => matrix.map((row) => row.reduce((sum, value, i) => sum + value * vector[i], 0));
const linear = (channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4);

function lab(rgb) {
  const [x, y, z] = times(TO_XYZ, rgb.map((value) => Math.min(1, Math.max(0, value)))).map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** The least distance of any sight. `first`, `second`: [red, green, blue], 0 to 255. */
export function apart(first, second) {
  return Math.min(
    ...Object.values(SIGHTS).map((sight) => {
      const [a, b] = [first, second].map((colour) => lab(times(sight, colour.map(linear))));
      return Math.hypot(...a.map((value, i) => value - b[i]));
    }),
  );
}
