import {Text} from 'ink';
import {memo} from 'react';

/** One line of the screen, colored and no wider than its box. An empty text would take no line. */
export const ScreenLine = memo(({text}: {readonly text: string}) => (
  <Text wrap="truncate">{text === '' ? ' ' : text}</Text>
));
