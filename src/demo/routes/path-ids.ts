import {buildValidationError, type DemoReply} from '../replies.js';
import {formatRouteName, type RouteMatch} from './route.js';

const uuidPattern = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/** An ID in lower case with dashes. The server accepts any spelling. */
export const normalizeId = (text: string): string => {
  const hex = text.replaceAll('-', '').toLowerCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** The error for a path whose ID is not a UUID. */
export const findIdError = ({route, params}: RouteMatch): DemoReply | undefined => {
  const names = route.path.split('/').filter(part => part.startsWith('{'));
  for (const [index, part] of names.entries()) {
    const name = part.slice(1, -1);
    const value = params[index] ?? '';
    if (!name.endsWith('_id') || uuidPattern.test(value)) {
      continue;
    }

    const position = Math.max(0, value.search(/[^0-9a-f-]/i));
    const reason =
      'invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], ' +
      `found \`${value.charAt(position)}\` at ${position + 1}`;
    return buildValidationError({
      type: 'uuid_parsing',
      place: 'path',
      name,
      message: `Input should be a valid UUID, ${reason}`,
      input: value,
      context: `'error': '${reason}'`,
      route: formatRouteName(route),
    });
  }

  return undefined;
};
