import type {MenuEntry, Screen} from './screen.js';

/** Choosing from a menu of texts to copy, or of what can be done to the run. */
export type CopyingAction =
  | {
      readonly type: 'copying/opened';
      readonly title: string;
      readonly choices: readonly MenuEntry[];
      readonly isLive?: boolean;
    }
  | {readonly type: 'copying/moved'; readonly by: number}
  | {readonly type: 'copying/closed'};

export const reduceCopying = (screen: Screen, action: CopyingAction): Screen => {
  if (action.type === 'copying/opened') {
    const under = screen.name === 'copying' ? screen.under : screen;
    const {title, choices, isLive = false} = action;
    const firstPossible = choices.findIndex(({whyNot}) => whyNot === undefined);
    return {name: 'copying', under, title, choices, isLive, selected: Math.max(0, firstPossible)};
  }

  if (screen.name !== 'copying') {
    return screen;
  }

  if (action.type === 'copying/closed') {
    return screen.under;
  }

  const last = Math.max(0, screen.choices.length - 1);
  return {...screen, selected: Math.min(last, Math.max(0, screen.selected + action.by))};
};
