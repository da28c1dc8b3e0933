import { Injectable } from '@nestjs/common';
import type { ChatEvent } from '@opsagent/contracts';
import { Database } from '../platform/database/database.js';

interface EventsRow {
  first_seq: number;
  last_seq: number;
  events: string;
}

/** Some events of one run, in order and without gaps. */
export interface EventBatch {
  runId: string;
  events: readonly ChatEvent[];
}

/** Keeps events of runs where other processes can read them, and where they outlive their own. */
@Injectable()
export class RunEventStore {
  constructor(private readonly database: Database) {}

  /** Writes several runs' events at once; a run that is gone, or another process's by now, is left out. */
  async append(processId: string, batches: readonly EventBatch[]): Promise<void> {
    await this.database.query(
      `INSERT INTO run_events (run_id, first_seq, last_seq, events)
       SELECT n.* FROM unnest($1::uuid[], $2::int[], $3::int[], $4::text[]) AS n (run_id, first_seq, last_seq, events)
       WHERE EXISTS (SELECT FROM runs WHERE id = n.run_id AND process_id = $5) ON CONFLICT DO NOTHING`,
      [
        batches.map(({ runId }) => runId),
        batches.map(({ events }) => events[0]?.seq),
        batches.map(({ events }) => events.at(-1)?.seq),
        // NUL is written `\\u0000` by JSON, which text takes.
        batches.map(({ events }) => JSON.stringify(events)),
        processId,
      ],
    );
  }

  /** The stored events after `afterSeq`, in order. */
  async readAfter(runId: string, afterSeq: number): Promise<ChatEvent[]> {
    const rows = await this.database.query<EventsRow>(
      'SELECT first_seq, last_seq, events FROM run_events WHERE run_id = $1 AND last_seq > $2 ORDER BY first_seq',
      [runId, afterSeq],
    );
    return rows.flatMap((row) => JSON.parse(row.events) as ChatEvent[]).filter(({ seq }) => seq > afterSeq);
  }
}
