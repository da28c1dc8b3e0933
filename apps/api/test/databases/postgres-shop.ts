/** A shop, and functions and operators in it that do more than they seem to. */
export const SHOP = `
create table items (id int primary key, name text not null, note text);
insert into items select n, 'item ' || n, null from generate_series(1, 1000) n;
create table sold (id int primary key, item_id int not null references items, at timestamptz not null default now());
create materialized view counted as select count(*) from items;
create sequence numbers;
create extension dblink;
create extension pg_stat_statements;
create function wipe() returns int language plpgsql security definer as 'begin delete from items; return 1; end';
create function touched(items) returns int language sql security definer as 'delete from items returning 1';
create function wiped(int, int) returns int language sql security definer as 'delete from items returning 1';
create operator <!!> (leftarg = int, rightarg = int, function = wiped);
create function add_and_wipe(int, int) returns int language sql security definer as 'delete from items returning 1';
create aggregate summed(int) (sfunc = add_and_wipe, stype = int, initcond = '0');
create function as_owner() returns bigint language sql stable security definer as 'select count(*) from items';
create aggregate moved(int) (sfunc = int4pl, stype = int, initcond = '0', msfunc = add_and_wipe, minvfunc = add_and_wipe, mstype = int, minitcond = '0');
create procedure wipe_all() language sql as 'delete from items';
create function doubled(int) returns int language sql stable as 'select 2 * $1';
revoke create on schema public from public;
create role reader login password 'reads';
grant select on all tables in schema public to reader;
grant pg_monitor, pg_use_reserved_connections to reader;
create role plain login password 'reads';
grant select on items to plain;
create role clear login password 'reads';
`;
