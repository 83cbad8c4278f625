import {keepIfEqual} from '../../domain/equality.js';
import {mergeRun} from '../../domain/run.js';
import {remember} from '../run/remember.js';
import {getBaseScreen, type Screen} from '../ui/screen.js';
import {type ComparedRun, type Comparison, unknownRun} from './comparison.js';
import type {ListingNews} from './listing.js';
import type {ComparingAction} from './runs-action.js';

export const reduceComparing = (screen: Screen, action: ComparingAction): Screen => {
  if (action.type === 'comparing/opened') {
    return {name: 'comparing', runIds: action.runIds, top: 0, left: 0};
  }

  if (screen.name !== 'comparing') {
    return screen;
  }

  switch (action.type) {
    case 'comparing/scrolled':
      return {...screen, top: Math.max(0, screen.top + action.by)};

    case 'comparing/shifted':
      return {...screen, left: Math.min(screen.runIds.length - 1, Math.max(0, screen.left + action.by))};

    case 'comparing/groupsToggled':
      return {...screen, areGroupsOpen: screen.areGroupsOpen !== true, top: 0};

    case 'comparing/closed':
      return {name: screen.isOfOpenRun === true ? 'run' : 'runs'};
  }
};

type ComparedNews = Extract<ListingNews, {readonly kind: `compared-${string}`}>;

/** How many runs are kept besides those on the screen, in case they are compared again. */
const maxKept = 20;

/** The comparison after a response about one of its runs. All runs on the screen are kept, and some others. */
export const withComparedRun = (comparison: Comparison, news: ComparedNews, screen: Screen): Comparison => {
  const id = news.kind === 'compared-run' ? news.run.id : news.runId;
  const before = comparison.get(id) ?? unknownRun;
  const base = getBaseScreen(screen);
  const shownCount = base.name === 'comparing' ? base.runIds.length : 0;
  return remember(comparison, id, withComparedNews(before, news), maxKept + shownCount);
};

const withComparedNews = (before: ComparedRun, news: ComparedNews): ComparedRun => {
  switch (news.kind) {
    case 'compared-run':
      return {...before, run: mergeRun(before.run, news.run), metadata: keepIfEqual(before.metadata, news.metadata)};

    case 'compared-steps':
      return {...before, steps: keepIfEqual(before.steps, news.steps)};

    case 'compared-parameters':
      return {...before, stepParameters: keepIfEqual(before.stepParameters, news.parameters)};
  }
};
