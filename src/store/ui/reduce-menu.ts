import type {MenuEntry, Screen} from './screen.js';

export type MenuAction =
  | {
      readonly type: 'menu/opened';
      readonly title: string;
      readonly entries: readonly MenuEntry[];
      readonly isLive?: boolean;
    }
  /** `by` does not lead beyond the first or the last entry. */
  | {readonly type: 'menu/moved'; readonly by: number}
  | {readonly type: 'menu/closed'};

export const reduceMenu = (screen: Screen, action: MenuAction): Screen => {
  if (action.type === 'menu/opened') {
    const under = screen.name === 'menu' ? screen.under : screen;
    const {title, entries, isLive = false} = action;
    const firstPossible = entries.findIndex(({whyNot}) => whyNot === undefined);
    return {name: 'menu', under, title, entries, isLive, selectedIndex: Math.max(0, firstPossible)};
  }

  if (screen.name !== 'menu') {
    return screen;
  }

  if (action.type === 'menu/closed') {
    return screen.under;
  }

  return {...screen, selectedIndex: screen.selectedIndex + action.by};
};
