/**
 * What may stand before a parenthesis in MySQL and MariaDB: their own functions that change nothing, and words of the
 * language. Everything else could be a function that somebody loaded into the server, which needs no privilege to call.
 * Source: dev.mysql.com/doc/refman/8.4/en/built-in-function-reference.html, mariadb.com/kb/en/function-and-operator-reference
 */
export const MYSQL_CALLABLE: ReadonlySet<string> = new Set(
  `
  all and any array as between by case distinct div else end except exists explain from full group having if in inner
  intersect interval is join lateral left like limit match member mod natural not nested of offset on or order over
  partition path range recursive regexp right rlike rows select set some then union using values when where window with xor
  columns straight_join against

  abs acos adddate addtime aes_decrypt aes_encrypt any_value ascii asin atan atan2 avg bin bin_to_uuid bit_and
  bit_count bit_length bit_or bit_xor cast ceil ceiling char char_length character_length charset chr coalesce
  coercibility collation compress concat concat_ws connection_id conv convert convert_tz cos cot count crc32 crc32c
  cume_dist curdate current_date current_role current_time current_timestamp current_user curtime database date
  date_add date_format date_sub datediff day dayname dayofmonth dayofweek dayofyear decode_oracle default degrees
  dense_rank elt exp export_set extract extractvalue field find_in_set first_value floor format format_bytes
  format_pico_time found_rows from_base64 from_days from_unixtime geometrytype get_format greatest group_concat
  grouping hex hour ifnull inet_aton inet_ntoa inet6_aton inet6_ntoa instr is_ipv4 is_ipv4_compat is_ipv4_mapped
  is_ipv6 is_uuid isnull json_array json_array_append json_array_insert json_array_intersect json_arrayagg json_compact
  json_contains json_contains_path json_depth json_detailed json_equals json_exists json_extract json_insert json_keys
  json_length json_loose json_merge json_merge_patch json_merge_preserve json_normalize json_object
  json_object_filter_keys json_object_to_array json_objectagg json_overlaps json_pretty json_query json_quote
  json_remove json_replace json_schema_valid json_search json_set json_storage_free json_storage_size json_table
  json_type json_unquote json_valid json_value lag last_day last_value lcase lead least left length lengthb ln localtime
  localtimestamp locate log log10 log2 lower lpad ltrim make_set makedate maketime max md5 median microsecond mid min
  minute mod month monthname natural_sort_key now nth_value ntile nullif nvl nvl2 oct octet_length ord percent_rank
  percentile_cont percentile_disc period_add period_diff pi pointfromtext position pow power ps_current_thread_id
  ps_thread_id quarter quote radians rand rank regexp_instr regexp_like regexp_replace regexp_substr repeat replace
  reverse right roles_graphml round row row_count row_number rpad rtrim schema sec_to_time second session_user sformat
  sha sha1 sha2 sign sin soundex space sqrt std stddev stddev_pop stddev_samp str_to_date strcmp subdate substr
  substring substring_index subtime sum sysdate statement_digest statement_digest_text system_user tan time time_format time_to_sec timediff timestamp
  timestampadd timestampdiff to_base64 to_char to_days to_seconds trim truncate ucase uncompress uncompressed_length
  unhex unix_timestamp upper user utc_date utc_time utc_timestamp uuid uuid_short uuid_to_bin validate_password_strength
  var_pop var_samp variance version week weekday weekofyear weight_string year yearweek
  bin_to_num insert value

  sleep benchmark

  binary char varchar decimal signed unsigned double float datetime nchar varbinary
  point linestring polygon st_astext st_asgeojson st_x st_y st_distance st_distance_sphere st_contains st_within
  st_intersects st_geomfromtext st_area st_length st_srid
  `
    .trim()
    .split(/\s+/),
);
