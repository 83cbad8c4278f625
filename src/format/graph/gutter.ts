import type {RailLayout} from '../../domain/graph/rails.js';
import type {Line, Segment, Tone} from '../line.js';

/** How the gutter is drawn: with the status glyphs of steps, and rails in tones that show what belongs to the selected step. */
export type GutterStyle = {
  readonly isAscii: boolean;
  /** The tone of a rail, by its number. */
  readonly getRailTone: (rail: number) => Tone;
  /** Whether all edges of a rail are only known from artifacts. */
  readonly isDotted: (rail: number) => boolean;
};

/** Cells of the lanes that are in use: two per lane, without the gap after the last one. */
export const countGutterCells = ({usedLaneCount}: RailLayout): number => 2 * usedLaneCount - 1;

/**
 * The gutter of a row: its step, the rails that pass, and arms to the rails that the step takes from or feeds. An arm that
 * ends at a rail from above takes from it; one that starts a rail, or joins it on the right, feeds it. `glyph` is the step.
 */
export const renderGutter = (layout: RailLayout, row: number, glyph: Segment, style: GutterStyle): Line => {
  const {rails, laneByRow, laneByRail, inRailByRow, outRailsByRow} = layout;
  const stepLane = laneByRow[row] ?? 0;
  const inRail = inRailByRow[row];
  const attachedRails = new Set([...(inRail === undefined ? [] : [inRail]), ...(outRailsByRow[row] ?? [])]);
  const arms = [...attachedRails].flatMap(rail => {
    const lane = laneByRail[rail];
    return lane === undefined || lane === stepLane
      ? []
      : [{lane, tone: style.getRailTone(rail), isDotted: style.isDotted(rail)}];
  });
  const first = Math.min(stepLane, ...arms.map(({lane}) => lane));
  const last = Math.max(stepLane, ...arms.map(({lane}) => lane));
  /** The arm at a place in a lane or between lanes, in the most prominent tone of the rails that it leads to. */
  const drawArm = (place: number): Segment => {
    const reaching = arms.filter(({lane}) => (place < stepLane ? lane < place : lane > place));
    const directions = reaching.every(({isDotted}) => isDotted) ? 'lr.' : 'lr';
    return draw(directions, pickTone(reaching.map(({tone}) => tone)), style);
  };
  const line: Segment[] = [];
  for (let lane = 0; lane < layout.usedLaneCount; lane += 1) {
    if (lane > 0) {
      const place = lane - 0.5;
      line.push(place > first && place < last ? drawArm(place) : blank);
    }

    const rail = layout.occupants[row * layout.laneCount + lane] ?? -1;
    const occupant = rails[rail];
    if (lane === stepLane) {
      line.push(glyph);
    } else if (occupant === undefined) {
      line.push(lane > first && lane < last ? drawArm(lane) : blank);
    } else {
      const up = (occupant.producers[0] ?? row) < row ? 'u' : '';
      const down = (occupant.consumers.at(-1) ?? row) > row ? 'd' : '';
      const left = attachedRails.has(rail) && lane > first ? 'l' : '';
      const right = attachedRails.has(rail) && lane < last ? 'r' : '';
      const directions = `${up}${down}${left}${right}`;
      const dots = directions === 'ud' && style.isDotted(rail) ? '.' : '';
      line.push(draw(directions + dots, style.getRailTone(rail), style));
    }
  }

  return mergeTones(line);
};

/** The gutter of a row without a step: the rails that pass between the step above and `row`. */
export const renderPassingRails = (layout: RailLayout, row: number, style: GutterStyle): Line => {
  const line: Segment[] = [];
  for (let lane = 0; lane < layout.usedLaneCount; lane += 1) {
    const rail = row === 0 ? -1 : (layout.occupants[(row - 1) * layout.laneCount + lane] ?? -1);
    const isPassing = (layout.rails[rail]?.consumers.at(-1) ?? -1) >= row;
    line.push(
      ...(lane > 0 ? [blank] : []),
      isPassing ? draw(style.isDotted(rail) ? 'ud.' : 'ud', style.getRailTone(rail), style) : blank,
    );
  }

  return mergeTones(line);
};

/** Joins neighbors in the same tone, because each segment costs an escape sequence. A blank looks the same in the tone `dim`. */
const mergeTones = (line: Line): Line => {
  const merged: Segment[] = [];
  for (const segment of line) {
    const last = merged.at(-1);
    if (last !== undefined && (last.tone === segment.tone || (segment === blank && last.tone === 'dim'))) {
      merged[merged.length - 1] = {...last, text: last.text + segment.text};
    } else {
      merged.push(segment);
    }
  }

  return merged;
};

const blank: Segment = {text: ' ', tone: 'plain'};

const pickTone = (tones: readonly Tone[]): Tone =>
  tones.reduce<Tone>((best, tone) => ((toneRanks[tone] ?? 1) > (toneRanks[best] ?? 1) ? tone : best), 'dim');

const toneRanks: Readonly<Partial<Record<Tone, number>>> = {dim: 0, strong: 2};

/**
 * By the directions (up, down, left, right) in which they lead from the middle of the cell; `.` means dotted. In ASCII, too,
 * the ends and starts of rails look different, and no junction looks like the mark of a step.
 */
const strokes: Readonly<Record<string, readonly [text: string, ascii: string]>> = {
  lr: ['─', '-'],
  ud: ['│', '|'],
  'lr.': ['┄', '.'],
  'ud.': ['┆', ':'],
  ul: ['╯', "'"],
  ur: ['╰', "'"],
  ulr: ['┴', "'"],
  dl: ['╮', ','],
  dr: ['╭', ','],
  dlr: ['┬', ','],
  udl: ['┤', '|'],
  udr: ['├', '|'],
  udlr: ['┼', '%'],
};

const draw = (directions: string, tone: Tone, {isAscii}: GutterStyle): Segment => ({
  text: strokes[directions]?.[isAscii ? 1 : 0] ?? ' ',
  tone,
});
