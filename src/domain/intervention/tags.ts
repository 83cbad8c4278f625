/** How many characters a tag can have on a server. */
const maxTagLength = 255;

/** A server interprets a tag of this form as the ID of a tag. */
const idPattern = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

type ParsedTags =
  | {readonly ok: true; readonly add: readonly string[]; readonly remove: readonly string[]}
  | {readonly ok: false; readonly message: string};

/** Parses tags as they are typed: words, or phrases between commas. A tag after a hyphen is to be removed. */
export const parseTags = (text: string): ParsedTags => {
  const words = text.includes(',') ? text.split(',') : text.split(/\s+/);
  const typed = [...new Set(words.map(word => word.trim()).filter(word => word !== '' && word !== '-'))];
  const [add, remove] = [
    typed.filter(tag => !tag.startsWith('-')),
    typed.filter(tag => tag.startsWith('-')).map(tag => tag.slice(1).trim()),
  ];
  const problem = [...add, ...remove].map(findTagProblem).find(each => each !== undefined);
  const both = add.find(tag => remove.includes(tag));
  if (typed.length === 0) {
    return {ok: false, message: 'type a tag, for example: nightly -old'};
  }

  return problem === undefined && both === undefined
    ? {ok: true, add, remove}
    : {ok: false, message: problem ?? `“${both}” cannot be both added and removed`};
};

/** Why the server would refuse the tag, in some cases with an unhelpful message. */
const findTagProblem = (tag: string): string | undefined => {
  if ([...tag].length > maxTagLength) {
    return `a tag must have at most ${maxTagLength} characters`;
  }

  if (/\p{Cc}/u.test(tag)) {
    return 'a tag must not contain control characters';
  }

  return idPattern.test(tag) ? `the server would take “${tag}” for the ID of a tag` : undefined;
};
