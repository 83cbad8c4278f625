import {type Arrangement, defaultArrangement, stepOrders} from './arrangement.js';
import type {List} from './list.js';

type ArrangementAction = {readonly type: 'list/sorted' | 'list/reversed' | 'list/successfulToggled' | 'list/cleared'};

export const reduceArrangement = (arrangement: Arrangement, {type}: ArrangementAction): Arrangement => {
  switch (type) {
    case 'list/sorted': {
      const index = (stepOrders.indexOf(arrangement.order) + 1) % stepOrders.length;
      return {...arrangement, order: stepOrders[index] ?? 'pipeline', isReversed: false};
    }

    case 'list/reversed':
      return {...arrangement, isReversed: !arrangement.isReversed};

    case 'list/successfulToggled':
      return {...arrangement, isHidingSuccessful: !arrangement.isHidingSuccessful};

    case 'list/cleared':
      return withFilterText(arrangement, '');
  }
};

const withFilterText = (arrangement: Arrangement, filter: string): Arrangement => ({
  ...arrangement,
  filter,
  toggledGroups: defaultArrangement.toggledGroups,
});

/** The selected row stays only if it still matches. */
export const withStepFilter = (list: List, filter: string): List => ({
  ...list,
  arrangement: withFilterText(list.arrangement, filter),
  keptKey: undefined,
});
