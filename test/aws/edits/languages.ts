import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as path from 'node:path';
import type { AppFunctionOptions } from 'cdk-serverless-app';
import type { Version } from '../support/versions';
import { Edit, fine, ROLLED, version } from './edit';

const root = path.join(__dirname, 'languages');

const route = (entry: string, options: AppFunctionOptions & { id?: string } = {}): Version =>
  version((app) => void app.onRequest('GET /a', entry, { id: 'A', ...options }), { root });
const JAVASCRIPT = path.join(__dirname, '..', '..', 'handlers', 'ok.ts');

const python = route('work.py');
const go = route('pkg');

export const LANGUAGE_EDITS: readonly Edit[] = [
  fine('change the code of a Python function', python, route('other.py')),
  fine(
    'change the code of a Python function with a rollout',
    route('work.py', ROLLED),
    route('other.py', ROLLED),
  ),
  fine('rename a Python function (or its file)', python, route('work.py', { id: 'B' })),
  fine(
    'change the runtime of a Python function, and change it back',
    python,
    route('work.py', { runtime: lambda.Runtime.PYTHON_3_12 }),
    python,
  ),
  fine(
    'change a function from TypeScript to Python, and change it back',
    route(JAVASCRIPT),
    python,
    route(JAVASCRIPT),
  ),
  fine(
    'change a function with a rollout from TypeScript to Python',
    route(JAVASCRIPT, ROLLED),
    route('work.py', ROLLED),
  ),
  fine('change a function from Python to Go, and change it back', python, go, python),
  fine('rename a Go function (or its folder)', go, route('pkg', { id: 'B' })),
  fine(
    'change the processor of a Go function, and change it back',
    go,
    route('pkg', { architecture: lambda.Architecture.X86_64 }),
    go,
  ),
];
