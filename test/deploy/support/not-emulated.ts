/**
 * Edits of the matrix (test/aws/edits) whose effect the emulator does not have: of these `npm run test:edits` deploys the first version
 * and expects nothing of the others. CONTRIBUTING.md has the list.
 */
export const NOT_EMULATED: Readonly<Record<string, string>> = {};
