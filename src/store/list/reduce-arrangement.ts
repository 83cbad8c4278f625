import {type Arrangement, plainArrangement, stepOrders} from './arrangement.js';
import type {List} from './list.js';

type ArrangementAction = {readonly type: 'list/sorted' | 'list/reversed' | 'list/doneToggled' | 'list/cleared'};

export const reduceArrangement = (arrangement: Arrangement, {type}: ArrangementAction): Arrangement => {
  switch (type) {
    case 'list/sorted': {
      const at = (stepOrders.indexOf(arrangement.order) + 1) % stepOrders.length;
      return {...arrangement, order: stepOrders[at] ?? 'pipeline', isReversed: false};
    }

    case 'list/reversed':
      return {...arrangement, isReversed: !arrangement.isReversed};

    case 'list/doneToggled':
      return {...arrangement, isHidingDone: !arrangement.isHidingDone};

    case 'list/cleared':
      return filteredBy(arrangement, '');
  }
};

const filteredBy = (arrangement: Arrangement, filter: string): Arrangement => ({
  ...arrangement,
  filter,
  turnedGroups: plainArrangement.turnedGroups,
});

/** The row that the cursor stands on stays only if it is let through. */
export const withFilter = (list: List, filter: string): List => ({
  ...list,
  arrangement: filteredBy(list.arrangement, filter),
  kept: undefined,
});
