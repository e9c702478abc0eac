/**
 * Gives the process the environment's variables of `before` again. It changes `process.env` and does not replace it: `os.tmpdir()` and
 * other parts of Node.js read the variables of the process itself, which an assigned object never reaches.
 */
export function restoreVariables(before: Readonly<NodeJS.ProcessEnv>): void {
  Object.keys(process.env)
    .filter((name) => !(name in before))
    .forEach((name) => Reflect.deleteProperty(process.env, name));
  Object.assign(process.env, before);
}
