export { eventually } from '../../../testing/eventually';
export type { Patience } from '../../../testing/eventually';
