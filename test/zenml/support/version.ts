/** The ZenML release that these tests run against. */
export const zenmlVersion = process.env['ZENTOP_ZENML_VERSION'] ?? '0.98.0';

/** Whether the release under test is at least `0.<minor>`. */
export const isAtLeast = (minor: number): boolean => Number(zenmlVersion.split('.')[1]) >= minor;
