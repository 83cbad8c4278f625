import {type Arrangement, isFiltering, plainArrangement, stepOrders} from './arrangement.js';

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
      return isFiltering(arrangement)
        ? filteredBy(arrangement, '')
        : {...arrangement, isHidingDone: false, order: 'pipeline', isReversed: false};
  }
};

export const filteredBy = (arrangement: Arrangement, filter: string): Arrangement => ({
  ...arrangement,
  filter,
  turnedGroups: plainArrangement.turnedGroups,
});
