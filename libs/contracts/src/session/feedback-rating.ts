import { oneOfSet, type ValueOf } from '../field/facts.js';

/** What a reader thought of an answer. */
export const FEEDBACK_RATING = oneOfSet('FeedbackRating', ['like', 'dislike']);
export type FeedbackRating = ValueOf<typeof FEEDBACK_RATING>;
