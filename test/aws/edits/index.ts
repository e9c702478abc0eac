import { APP_EDITS } from './apps';
import { Edit } from './edit';
import { FUNCTION_EDITS } from './functions';
import { OBJECT_EDITS } from './objects';
import { ROUTE_EDITS } from './routes';
import { SCHEDULE_EDITS } from './schedules';
import { STREAM_EDITS } from './streams';
import { TABLE_EDITS } from './tables';
import { EVENT_EDITS, TOPIC_EDITS } from './topics';

/** By what is edited. */
export const EDITS: Readonly<Record<string, readonly Edit[]>> = {
  Routes: ROUTE_EDITS,
  'Changes of tables': STREAM_EDITS,
  'Objects of buckets': OBJECT_EDITS,
  Topics: TOPIC_EDITS,
  'Event buses': EVENT_EDITS,
  Schedules: SCHEDULE_EDITS,
  Tables: TABLE_EDITS,
  Functions: FUNCTION_EDITS,
  'The app': APP_EDITS,
};
