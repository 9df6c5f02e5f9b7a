-- Where the interval of a median ends: the sample that stands at this place from either end, of so many in order, is the
-- farthest out that with 97.5 % the true median does not lie beyond, whatever the distribution; 0 where there is none. The
-- binomial tail is summed exactly, and beyond a thousand samples, where the normal one is as exact, taken from that.
create function median_rank(samples bigint) returns int
language sql immutable parallel safe
return case
  when samples > 1000 then floor((samples + 1) / 2.0 - 1.959964 * sqrt(samples::double precision) / 2.0)::int
  else (
    with recursive tail (place, probability, total) as (
      select 0, power(0.5::double precision, samples), power(0.5::double precision, samples)
      union all
      select place + 1,
             probability * (samples - place) / (place + 1),
             total + probability * (samples - place) / (place + 1)
      from tail
      where total <= 0.025 and place + 1 < samples
    )
    select count(*)::int from tail where total <= 0.025 and samples > 0)
end;
