/**
 * Adapts a Markdown document for the page of a registry, which does not know the repository: relative links and images
 * become links to the repository at the tag of this version.
 */
export const makeLinksAbsolute = (markdown, {homepage, version}) => {
  const raw = homepage.replace('//github.com/', '//raw.githubusercontent.com/');
  return markdown.replace(/(!?)(\[[^\]]*\]\()(?!https?:|#)/g, (_, picture, start) =>
    picture === '' ? `${start}${homepage}/blob/v${version}/` : `!${start}${raw}/v${version}/`,
  );
};
