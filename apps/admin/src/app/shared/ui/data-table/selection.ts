/** The selection after `id` was pressed: one more, one less, or with `Shift` all from the last pressed one to this. */
export function pressed(
  selected: ReadonlySet<string>,
  id: string,
  range: { readonly ids: readonly string[]; readonly anchor: string | null } | null,
): ReadonlySet<string> {
  const next = new Set(selected);
  const from = range?.anchor ? range.ids.indexOf(range.anchor) : -1;
  const to = range ? range.ids.indexOf(id) : -1;
  if (range && from >= 0 && to >= 0) {
    for (const one of range.ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one);
  } else if (!next.delete(id)) next.add(id);
  return next;
}
