/** Sentences for what only the later screens can meet (part.ts). */
import { sentences, type LaterCode, type Sentence } from './troubles';

const later: Record<LaterCode, Sentence> = {
  passphrase_again: 'That passphrase is not right. Type the one you come in with now.',
  name_taken: 'Someone has this sign-in name already. Choose another.',
  name_in_group_taken: 'Someone in the group has this name already. Choose another, or add a letter.',
  passphrase_short: 'This is too short to keep others out. Use three words or more.',
  start_code_wrong: 'This code is not right, or it was used already. Look at it again, or ask whoever gave it to you.',
  start_not_open: 'New groups are not open here just now. Ask the people who run this site.',
  invitation_incomplete: 'A part of the link is missing. Open the whole link again, or ask for it once more.',
  invitation_mistyped: 'The link is not quite right. Copy it again, or ask for it once more.',
  invitation_over: 'This invitation is too old. Ask for a new one; that is quite usual.',
  invitation_used: 'This invitation was used already. Each is for one person. Ask for a new one.',
  invitation_void: 'This invitation was taken back. Ask the person who gave it to you.',
  invitation_changed: 'What the site showed does not match what the group signed. Nothing was sent. Ask the person who invited you.',
  already_in: 'You are in this group already. Come in, and it is there.',
  group_full: 'The group is full just now. Ask the person who invited you.',
  not_host: 'Only a host can do this just now. Ask one, or do it with another member.',
  needs_second: 'This needs a second member to say yes.',
  second_too_new: 'The second person has to have been here for two weeks. Ask someone else.',
  too_many_changes: 'You have changed many things here today. Wait a day, then try again. Messages go on as usual.',
  safeguarding_first: 'Fill in the safeguarding page first. Then you can invite.',
  someone_was_faster: 'Someone changed something at the same moment. Look again, then try once more.',
  talk_closed: 'This talk cannot be opened just now. That may not be about you.',
  never_meets: 'On these days it would never meet. Choose other days.',
  ends_before_start: 'This ends before it begins. Look at the two times again.',
  lasts_too_long: 'This lasts longer than a day. Plan each day by itself.',
  too_far: 'This is too far from today. Choose days from two years back to twelve years ahead.',
  no_such_day: 'That day does not exist in that year. Choose the day before or the day after.',
  bad_time: 'That is not a day and a time. Choose them again.',
  unknown_zone: 'This time zone is not known here. Write a city near you, such as Europe/London.',
  too_many_meetings: 'There are many meetings planned already. Let one go first, or make one that repeats.',
  bad_title: 'Give it a short name, on one line.',
  not_whole: 'Not all of what was spoken is here, so none of it is played. The words above still stand.',
  voice_off: 'Speaking is switched off in this group. You can still write.',
  mic_refused: 'The browser does not let this page use the microphone. You can allow it beside the address, or write instead.',
  mic_none: 'No microphone was found. You can write instead.',
  mic_busy: 'Something else is using the microphone. Close it and try again, or write instead.',
  cannot_record: 'This browser cannot record here. You can write instead.',
  cannot_play: 'This browser cannot play it. The words above still stand.',
  last_way_in: 'You need two ways in, so that you are never shut out. Make a new one first.',
};

export function knowTroubles(): void {
  Object.assign(sentences, later);
}
