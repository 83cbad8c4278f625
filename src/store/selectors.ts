import type {Attempt, StepDetail} from '../domain/attempt.js';
import type {Failure} from '../domain/failure.js';
import {groupDigest} from '../domain/group-digest.js';
import type {Instant} from '../domain/instant.js';
import {rememberedLast} from '../domain/remembered.js';
import {latestAttempt, type Step} from '../domain/step.js';
import {type Structure, stepAt, stepNamed} from '../domain/step-table.js';
import {withChildRows} from './child-rows.js';
import {type Layout, layoutFor} from './layout.js';
import {arrangedRows} from './list/arranged-rows.js';
import {isArranged} from './list/arrangement.js';
import {groupIdOf, type Row, type Rows, rowsFor, stepNameOf} from './rows.js';
import {type State, serverNow} from './state.js';
import type {Watch} from './watch.js';

export const rowsOf = (watch: Watch): Rows => {
  const {childRuns, list, table} = watch;
  const steps = isArranged(list.arrangement) ? arrangedRows(watch) : rowsFor(table.structure, list.openGroups);
  return childRuns.length === 0 ? steps : withChildRows(steps, childRuns, list.arrangement);
};

export const layoutOf = (state: State): Layout =>
  layoutFor({
    size: state.size,
    rowCount: state.watch === undefined ? 0 : rowsOf(state.watch).rows.length,
    isPaneOpen: state.watch?.pane.isOpen ?? false,
    hasFailed: state.watch?.run?.status === 'failed',
    nameLength: state.watch === undefined ? 0 : longestName(state.watch.table.structure),
  });

/** Characters of the longest name of a step; looked for again only when there are other steps. */
const longestName = rememberedLast((structure: Structure): number => {
  let longest = 0;
  for (const name of structure.indexByName.keys()) {
    longest = Math.max(longest, name.length);
  }

  return longest;
});

export const isPaneShown = (state: State): boolean => layoutOf(state).pane !== undefined;

/** Place of the selected row in the list. */
export const selectedPlace = (watch: Watch): number | undefined =>
  watch.list.selected === undefined ? undefined : rowsOf(watch).placeByKey.get(watch.list.selected);

export const selectedRow = (watch: Watch): Row | undefined => {
  const place = selectedPlace(watch);
  return place === undefined ? undefined : rowsOf(watch).rows[place];
};

export const stepOfRow = (watch: Watch, row: Row): Step | undefined =>
  row.kind === 'step' ? stepAt(watch.table, row.index) : undefined;

export const selectedStep = (watch: Watch): Step | undefined => {
  const name = stepNameOf(watch.list.selected);
  return name === undefined ? undefined : stepNamed(watch.table, name);
};

/** The step that the pane is about: the selected one; of a group the first that failed, for that is what needs a look. */
export const shownStep = (watch: Watch): Step | undefined => {
  const groupId = groupIdOf(watch.list.selected);
  if (groupId === undefined) {
    return selectedStep(watch);
  }

  const [place] = groupDigest(watch.table, groupId).failed;
  return place === undefined ? undefined : stepAt(watch.table, place);
};

/** The attempt that the pane is about: the one the reader chose, else the latest. */
export const shownAttempt = ({watch}: State): Attempt | undefined => watch && attemptShownIn(watch);

export const attemptShownIn = (watch: Watch): Attempt | undefined => {
  const step = shownStep(watch);
  if (step === undefined) {
    return undefined;
  }

  const number = watch.pane.attemptByStep.get(step.name);
  return step.attempts.find(attempt => attempt.number === number) ?? latestAttempt(step);
};

export const shownDetail = (state: State): StepDetail | undefined => {
  const attempt = shownAttempt(state);
  return attempt && state.watch?.detailsById.get(attempt.id);
};

/** Under what the place in the pane and what is unfolded there are remembered. */
export const paneKey = (watch: Watch): string => `${watch.list.selected ?? ''} ${watch.pane.tab}`;

/** How far what is on the screen can be trusted. Ages and waits in milliseconds. */
export type Freshness =
  | {readonly kind: 'connecting'; readonly failure: Failure | undefined; readonly retryInMs: number}
  | {readonly kind: 'live'; readonly ageMs: number}
  | {readonly kind: 'stale'; readonly ageMs: number; readonly retryInMs: number; readonly failure: Failure}
  | {readonly kind: 'paused'; readonly ageMs: number}
  | {readonly kind: 'over'};

/** `state.now` by the server's clock: what its times are compared with. */
export const nowOf = (state: State): Instant => serverNow(state);
