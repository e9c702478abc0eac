// Runs the project's copy of the CDK's toolkit library in a separate process: `node toolkit.mjs <main file of the library>`.
// The library is loaded once, so a second deployment starts immediately.
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const [, , main] = process.argv;
const { Toolkit, CdkAppMultiContext } = await import(pathToFileURL(main).href).then(
  (it) => it.default ?? it,
);
const toolkit = new Toolkit({
  color: false,
  emojis: false,
  ioHost: {
    notify: ({ level, message }) => {
      if (level !== 'debug' && level !== 'trace') {
        process.send({ type: 'line', text: message });
      }
      return Promise.resolve();
    },
    requestResponse: ({ defaultResponse }) => Promise.resolve(defaultResponse),
  },
});

const ACTIONS = {
  synth: async ({ app, folder, output, context }) => {
    const contextStore = new CdkAppMultiContext(folder, context);
    const source = await toolkit.fromCdkApp(app, {
      workingDirectory: folder,
      outdir: output,
      contextStore,
    });
    const assembly = await toolkit.synth(source, { validateStacks: true });
    await assembly.dispose();
  },
  deploy: async ({ assembly, stack }) => {
    const source = await toolkit.fromAssemblyDirectory(assembly);
    const stacks =
      stack === undefined
        ? { strategy: 'all-stacks' }
        : { strategy: 'pattern-must-match', patterns: [stack] };
    await toolkit.deploy(source, { stacks, deploymentMethod: { method: 'direct' } });
  },
};

process.on('message', ({ id, action, ...options }) => {
  ACTIONS[action](options).then(
    () => process.send({ type: 'done', id }),
    (error) => process.send({ type: 'done', id, error: String(error?.message ?? error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send({ type: 'ready' });
