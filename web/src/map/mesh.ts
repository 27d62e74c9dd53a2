// A layer of plain triangles: bands and discs whose width in pixels stays when the map is zoomed. deck.gl's own layers for
// these draw an instance for each piece, which a processor that paints takes for a draw of its own: two maps of 900 pieces
// each are then painted 100 ms later.
import { Layer, picking, project32, type DefaultProps, type LayerContext, type LayerProps, type UpdateParameters } from '@deck.gl/core';
import { Geometry, Model } from '@luma.gl/engine';
import { at, type Place } from '../model/types';
import type { Rgba } from './colour';

/** Pixels eastward and southward. */
type Shift = [number, number];

/** Triangles whose corners are a place and a shift from it. The map is never turned, so a shift is the same at every zoom. */
export class Mesh {
  private places: number[] = [];
  private shifts: number[] = [];
  private depths: number[] = [];
  private colours: number[] = [];
  private rows: number[] = [];
  private triangles: number[] = [];
  /** Of the corners to come: their colour, and the row of the data that they belong to. */
  colour: Rgba = [0, 0, 0, 255];
  row = 0;

  corner(place: Place, shift: Shift, depth: Depth): number {
    this.places.push(place[0], place[1], 0);
    this.shifts.push(...shift);
    this.depths.push(...depth);
    this.colours.push(...this.colour);
    return this.rows.push(this.row) - 1;
  }

  triangle(a: number, b: number, c: number): void {
    this.triangles.push(a, b, c);
  }

  /** Without triangles it is one of no size: what draws it is then ready before there is anything to draw. */
  get geometry(): Geometry {
    if (this.triangles.length === 0) {
      const nowhere = this.corner([0, 0], [0, 0], [0, 0]);
      this.triangle(nowhere, nowhere, nowhere);
    }
    return new Geometry({
      topology: 'triangle-list',
      attributes: {
        positions: { size: 3, value: new Float32Array(this.places) },
        depths: { size: 2, value: new Float32Array(this.depths) },
        shifts: { size: 2, value: new Float32Array(this.shifts) },
        colors: { size: 4, value: new Uint8Array(this.colours), normalized: true },
        rowIndexes: { size: 1, value: new Float32Array(this.rows) },
      },
      indices: new Uint32Array(this.triangles),
    });
  }
}

const MERCATOR_DEGREES = 180 / Math.PI;
const northing = (lat: number): number => MERCATOR_DEGREES * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));

// Towards the left of the way from one place to the next, of length 1, as it is seen; null where they are one place.
function leftward(from: Place, to: Place): Shift | null {
  const east = to[0] - from[0];
  const north = northing(to[1]) - northing(from[1]);
  const length = Math.hypot(east, north);
  return length > 0 ? [-north / length, -east / length] : null;
}

const SHARP = 0; // the cosine of a right angle: a mitre beyond it is more than 1.4 times as wide as the ribbon, at last a thorn

/** How far inside its two edges a corner lies, in pixels. */
type Depth = [number, number];

/** One edge of a strip: how far out it lies, in pixels. */
interface Rim {
  distance: number;
  depth: Depth;
}

// The rims of a strip from one distance to another. They lie half a pixel outside, so that every pixel that the strip
// touches is painted, by as much as it covers: smooth without a canvas of several samples a pixel.
const rims = (near: number, far: number): [Rim, Rim] => [
  { distance: near - 0.5, depth: [-0.5, far - near + 0.5] },
  { distance: far + 0.5, depth: [far - near + 0.5, -0.5] },
];

/** A strip of a mesh between two rims, a pair of corners after the other. */
class Strip {
  private last: [number, number] | null = null;
  constructor(
    private readonly mesh: Mesh,
    private readonly rims: [Rim, Rim],
  ) {}

  /** The next pair: from the place in this direction. */
  add(place: Place, [x, y]: Shift): void {
    const put = ({ distance, depth }: Rim) => this.mesh.corner(place, [x * distance, y * distance], depth);
    const pair: [number, number] = [put(this.rims[0]), put(this.rims[1])];
    if (this.last) {
      this.mesh.triangle(this.last[0], this.last[1], pair[0]);
      this.mesh.triangle(pair[0], this.last[1], pair[1]);
    }
    this.last = pair;
  }
}

/** A ribbon along a path between two distances from it, in pixels to its left. Turns beyond a right angle are cut off. */
export function ribbon(mesh: Mesh, path: Place[], near: number, far: number): void {
  const strip = new Strip(mesh, rims(near, far));
  const isClosed = path.length > 2 && String(path[0]) === String(path.at(-1));
  let before: Shift | null = isClosed ? leftward(at(path, path.length - 2), at(path, 0)) : null;
  path.forEach((place, k) => {
    const next = path[k + 1];
    const after = next ? leftward(place, next) : isClosed ? leftward(place, at(path, 1)) : null;
    if (next && !after) return; // stands still
    const cosine: number = before && after ? before[0] * after[0] + before[1] * after[1] : 1;
    if (before && after && cosine < SHARP) {
      strip.add(place, before);
      strip.add(place, after);
    } else if (before && after) {
      strip.add(place, [(before[0] + after[0]) / (1 + cosine), (before[1] + after[1]) / (1 + cosine)]);
    } else if (after ?? before) {
      strip.add(place, (after ?? before)!);
    }
    before = after;
  });
}

/** What lies between two circles around a place, radii in pixels. */
export function ring(mesh: Mesh, place: Place, inner: number, outer: number): void {
  const count = Math.min(60, Math.max(14, Math.ceil(2.2 * outer)));
  const [inside, outside] = rims(inner, outer);
  const strip = new Strip(mesh, inner > 0 ? [inside, outside] : [{ distance: 0, depth: [1, outer] }, { ...outside, depth: [1, -0.5] }]);
  for (let k = 0; k <= count; k += 1) {
    const turn = (2 * Math.PI * k) / count;
    strip.add(place, [Math.cos(turn), Math.sin(turn)]);
  }
}

const VERTEX = `#version 300 es
#define SHADER_NAME mesh-layer-vertex
in vec3 positions;
in vec2 shifts;
in vec2 depths;
in vec4 colors;
in float rowIndexes;
out vec4 vColor;
out vec2 vDepth;
void main(void) {
  geometry.worldPosition = positions;
  geometry.pickingColor = picking_getPickingColorFromIndex(rowIndexes);
  gl_Position = project_position_to_clipspace(positions, vec3(0.0), vec3(0.0), geometry.position);
  gl_Position.xy += project_pixel_size_to_clipspace(vec2(shifts.x, -shifts.y));
  DECKGL_FILTER_GL_POSITION(gl_Position, geometry);
  vColor = vec4(colors.rgb, colors.a * layer.opacity);
  DECKGL_FILTER_COLOR(vColor, geometry);
  vDepth = depths;
}`;

const FRAGMENT = `#version 300 es
#define SHADER_NAME mesh-layer-fragment
precision highp float;
in vec4 vColor;
in vec2 vDepth;
out vec4 fragColor;
void main(void) {
  vec2 inside = clamp(vDepth + 0.5, 0.0, 1.0);
  fragColor = vec4(vColor.rgb, vColor.a * max(0.0, inside.x + inside.y - 1.0));
  DECKGL_FILTER_COLOR(fragColor, geometry);
}`;

interface MeshProps<Row> extends LayerProps {
  data: Row[];
  /** Adds a row's triangles. Asked anew when the data is another list, whatever else `form` looks at. */
  form: (row: Row, mesh: Mesh) => void;
}

export class MeshLayer<Row> extends Layer<Required<MeshProps<Row>>> {
  static override layerName = 'MeshLayer';
  static override defaultProps: DefaultProps<MeshProps<unknown>> = { form: { type: 'function', value: () => undefined } };
  declare state: { model?: Model };

  override getShaders() {
    return super.getShaders({ vs: VERTEX, fs: FRAGMENT, modules: [project32, picking] });
  }

  override initializeState(): void {
    this.getAttributeManager()?.remove(['instancePickingColors']); // there are no instances
  }

  override updateState({ props, changeFlags }: UpdateParameters<this>): void {
    if (!changeFlags.dataChanged) return;
    const mesh = new Mesh();
    props.data.forEach((row, index) => {
      mesh.row = index;
      props.form(row, mesh);
    });
    const { geometry } = mesh;
    const { model } = this.state;
    if (model) model.setGeometry(geometry);
    else this.setState({ model: new Model(this.context.device, { ...this.getShaders(), id: this.props.id, geometry }) });
  }

  // The model leaves its vertex array behind.
  override finalizeState(context: LayerContext): void {
    this.state.model?.vertexArray.destroy();
    super.finalizeState(context);
  }

  override draw(): void {
    this.state.model?.draw(this.context.renderPass);
  }
}
