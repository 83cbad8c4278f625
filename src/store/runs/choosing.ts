import type {State} from '../state.js';
import type {Screen} from '../ui/screen.js';
import type {ChoosingAction} from './runs-action.js';

type ChoosingState = Extract<Screen, {readonly name: 'choosing'}>;

/** What there is to choose from; `undefined` while that is not known. */
export const selectChoices = ({runs, session}: State, what: ChoosingState['what']): readonly string[] | undefined =>
  what === 'project'
    ? runs.projects?.map(({name}) => name)
    : (session.servers ?? []).map(url => session.workspaceNamesByUrl?.get(url) ?? url);

/** Index of the current project or server; -1 if it is not among the choices. */
export const selectCurrentChoice = ({session, runs}: State, what: ChoosingState['what']): number =>
  (what === 'project'
    ? runs.projects?.findIndex(({name}) => name === session.project?.name)
    : session.servers?.indexOf(session.serverUrl)) ?? -1;

/** Index of the choice that is selected at first: the current project or server, or else the first one. */
export const selectInitialChoice = (state: State, what: ChoosingState['what']): number =>
  Math.max(0, selectCurrentChoice(state, what));

export const reduceChoosing = (state: State, action: ChoosingAction): Screen => {
  const {screen} = state;
  if (action.type === 'choosing/opened') {
    const under = screen.name === 'choosing' ? screen.under : screen;
    return {name: 'choosing', under, what: action.what, selectedIndex: selectInitialChoice(state, action.what)};
  }

  if (screen.name !== 'choosing') {
    return screen;
  }

  if (action.type === 'choosing/closed') {
    return screen.under;
  }

  const last = Math.max(0, (selectChoices(state, screen.what)?.length ?? 1) - 1);
  return {...screen, selectedIndex: Math.min(last, Math.max(0, screen.selectedIndex + action.by))};
};
