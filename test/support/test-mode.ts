/** Whether to run all cases (`npm run test:all`) rather than a sample of them (`npm test`); see vitest.config.ts. */
export const isThorough = process.env['TEST_MODE'] === 'all';
