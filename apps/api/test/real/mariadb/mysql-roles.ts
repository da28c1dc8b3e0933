/** What can be done more than reading, and the words that say so. */
export const TOO_MIGHTY: readonly (readonly [string, RegExp])[] = [
  ["grant all on *.* to 'mighty'@'%'", /ALL PRIVILEGES on \*\.\*/],
  ["grant super on *.* to 'mighty'@'%'", /SUPER on \*\.\*/],
  ["grant file on *.* to 'mighty'@'%'", /FILE on \*\.\*/],
  ["grant insert on shop.* to 'mighty'@'%'", /INSERT on `shop`\.\*/],
  ["grant update (note) on shop.items to 'mighty'@'%'", /UPDATE on `shop`\.`items`/],
  ["grant execute on shop.* to 'mighty'@'%'", /EXECUTE on `shop`/],
  ["grant execute on function shop.wipe to 'mighty'@'%'", /EXECUTE on FUNCTION `shop`\.`wipe`/],
  ["grant create, drop, lock tables on shop.* to 'mighty'@'%'", /CREATE, DROP, LOCK TABLES/],
  ["grant select on shop.* to 'mighty'@'%' with grant option", /may grant what it has/],
  ["grant proxy on 'root'@'localhost' to 'mighty'@'%'", /PROXY/],
  ["create role writing; grant delete on shop.* to writing; grant writing to 'mighty'@'%'", /DELETE on `shop`/],
  [
    "create role writing; create role behind; grant delete on shop.* to behind; grant behind to writing; grant writing to 'mighty'@'%'",
    /DELETE on `shop`/,
  ],
  ['grant delete on shop.* to public', /DELETE on `shop`/],
];
