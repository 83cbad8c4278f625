import {buildValidationError, type DemoResponse} from '../responses.js';
import {formatRouteName, type RouteMatch} from './route.js';

const uuidPattern = /^([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const groupLengths = [8, 4, 4, 4, 12];

/** A valid ID in lower case with dashes. Clients may also send it without dashes, and in upper case. */
export const normalizeId = (text: string): string => {
  const hex = text.replaceAll('-', '').toLowerCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** Why a text is not a UUID, in the words of pydantic, which parses IDs for ZenML. */
const explainInvalidUuid = (text: string): string => {
  const invalid = /[^0-9a-f-]/iu.exec(text);
  if (invalid) {
    return (
      'invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], ' +
      `found \`${invalid[0]}\` at ${invalid.index + 1}`
    );
  }

  const groups = text.split('-');
  if (groups.length === 1) {
    return `invalid length: expected length 32 for simple format, found ${text.length}`;
  }

  if (groups.length !== groupLengths.length) {
    return `invalid group count: expected ${groupLengths.length}, found ${groups.length}`;
  }

  const index = groups.findIndex((group, position) => group.length !== groupLengths[position]);
  return `invalid group length in group ${index}: expected ${groupLengths[index]}, found ${groups[index]?.length}`;
};

/** The error for the first ID in the path that is not a UUID, or `undefined` if all are. */
export const findIdError = ({route, params}: RouteMatch): DemoResponse | undefined => {
  const names = route.path.split('/').filter(part => part.startsWith('{'));
  for (const [index, part] of names.entries()) {
    const name = part.slice(1, -1);
    const value = params[index] ?? '';
    if (!name.endsWith('_id') || uuidPattern.test(value)) {
      continue;
    }

    const reason = explainInvalidUuid(value);
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
