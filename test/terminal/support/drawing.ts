// What the tests of the library patches need of Ink, from one and the same bundle.
export {assert as assertKind} from '@sindresorhus/is';
export {Box, renderToString, Text} from 'ink';
export {createElement} from 'react';
export {default as stringWidth} from 'string-width';
export {default as Output} from '../../../node_modules/ink/build/output.js';
