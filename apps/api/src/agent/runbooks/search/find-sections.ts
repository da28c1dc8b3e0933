/** Places that are looked at for one term, at the most; what a term has more of says little. */
const OF_TERM = 300;
/** Places that are compared with each other. */
const COMPARED = 600;
/** Sections of one runbook, at the most. */
const OF_RUNBOOK = 3;
/** What has less is no answer: of all that is looked for, or in terms where that is much; and of the best that was found. */
const LEAST = { ofAll: 0.2, terms: 2, ofBest: 0.4 } as const;
/** Of a term that nothing has, such as the name of a host; others weigh from 1 to 2. */
const UNKNOWN_WEIGHT = 0.5;

/**
 * Finds sections that have most of the terms. What each term finds, in headings and anywhere, and what all of them find
 * together, is looked up by itself and bounded, so that a word that every runbook has costs no more than others; then the
 * candidates are compared: a term counts the more the rarer it is and the heavier its place.
 *
 * $1 the terms as `tsquery`, $2 all of them in one `tsquery`, $3 only active ones, $4 the most sections
 */
export const FIND_SECTIONS = `
  with terms as (
    select ord, term::tsquery as term from unnest($1::text[]) with ordinality as given (term, ord)
  ), anywhere as materialized (
    select terms.ord, found.* from terms, lateral (
      select runbook_id, position from runbook_sections
      where tokens @@ terms.term and (is_active or not $3) limit ${OF_TERM}
    ) found
  ), weights as materialized (
    select term, case found when 0 then ${UNKNOWN_WEIGHT} else 1 + ln(${OF_TERM}.0 / found) / ln(${OF_TERM}.0) end as weight
    from (select term, count(anywhere.ord) as found from terms left join anywhere using (ord) group by ord, term) counted
  ), places as (
    select runbook_id, position, 3 as worth from (
      select runbook_id, position from runbook_sections
      where tokens @@ $2::tsquery and (is_active or not $3) limit ${OF_TERM}
    ) everything
    union all
    select found.*, 2 from terms, lateral (
      select runbook_id, position from runbook_sections
      where heading_tokens @@ terms.term and (is_active or not $3) limit ${OF_TERM}
    ) found
    union all
    select runbook_id, position, 1.0 + 1.0 / count(*) over (partition by ord) from anywhere
  ), candidates as materialized (
    select runbook_id, position from places
    group by runbook_id, position order by sum(worth) desc limit ${COMPARED}
  ), scored as (
    select candidates.*, compared.* from candidates, lateral (
      -- Read from the table once, not once for each term.
      select ts_filter(tokens, '{a,b,c,d}') as tokens from runbook_sections s
      where s.runbook_id = candidates.runbook_id and s.position = candidates.position offset 0
    ) vector, lateral (
      select sum(weight * (0.5 + 0.5 * rank)) filter (where rank > 0) / sum(weight) as score,
        count(*) filter (where rank > 0) as matched
      from (select weight, ts_rank('{0.6, 0.7, 0.85, 1}', vector.tokens, term) as rank from weights) ranked
    ) compared
  ), numbered as (
    select *, row_number() over (partition by runbook_id order by score desc, position) as place,
      max(score) over () as best
    from scored
  ), chosen as (
    select * from numbered
    where place <= ${OF_RUNBOOK} and score >= best * ${LEAST.ofBest}
      and (score >= ${LEAST.ofAll} or matched >= ${LEAST.terms})
    order by score desc, runbook_id, position limit $4
  )
  select chosen.runbook_id as "runbookId", chosen.position, chosen.score::float8 as score,
    s.path, s.text, r.title, r.tags, r.is_active as "isActive", r.updated_at as "updatedAt"
  from chosen
  join runbook_sections s on s.runbook_id = chosen.runbook_id and s.position = chosen.position
  join runbooks r on r.id = chosen.runbook_id
  order by chosen.score desc, r.updated_at desc, chosen.runbook_id, chosen.position`;
