/** The keys that open the palette, as this machine's keyboard names them. */
export const COMMAND_KEYS = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K';
