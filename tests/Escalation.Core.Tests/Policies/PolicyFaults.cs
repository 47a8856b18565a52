namespace Escalation.Core.Tests.Policies;

internal static class PolicyFaults
{
    /// <summary>Policy, field that is set, its new value as JSON (null: it is removed), field reported, reason.</summary>
    public static TheoryData<string, string, string?, string, string> Each() =>
        new()
        {
            { "suffolk", "colour", "1", "colour", "is not a known field" },
            { "suffolk", "hash", "\"00\"", "hash", "is not a known field" },
            { "suffolk", "firstStage", "{}", "firstStage", "is not a known field" },
            { "suffolk", "Name", "\"x\"", "Name", "is not a known field; did you mean name?" },
            {
                "suffolk",
                "stages[1].tiers[0]",
                "\"lineManger\"",
                "stages[1].tiers[0]",
                "must be a tier that the program knows or the policy declares under tiers, not lineManger; did you mean lineManager?"
            },
            {
                "suffolk",
                "stages[1].tiers[0]",
                "\"houseMaster\"",
                "stages[1].tiers[0]",
                "must be a tier that the program knows or the policy declares under tiers, not houseMaster"
            },
            { "suffolk", "format", null, "format", "must be given: 2 for a document whose stages have limits" },
            { "suffolk", "format", "3", "format", "must be 1 to 2: a newer program's document" },
            {
                "surrey-adults",
                "stages[5].outcomes",
                "[\"resolved\",\"decided\"]",
                "stages[5].limits[0].for",
                "must not be referral where outcomes do not list referred"
            },
            {
                "surrey-adults",
                "stages[5].alsoAsks",
                null,
                "stages[5].limits[0].for",
                "must not be referral where alsoAsks names nobody to refer it"
            },
            {
                "surrey-adults",
                "stages[5].review",
                null,
                "stages[5].review",
                "must be given where a stage can be without a limit: nobody would be reminded of it"
            },
            {
                "surrey-adults",
                "stages[2].limits[0].from",
                "\"previousLimit\"",
                "stages[2].limits[0].from",
                "must not be previousLimit at the stage's first limit"
            },
            {
                "surrey-adults",
                "stages[2].limits[0].from",
                "\"previousMet\"",
                "stages[2].limits[0].from",
                "must not be previousMet at the stage's first limit"
            },
            {
                "suffolk",
                "stages[1].limits[0].for",
                "\"decision\"",
                "stages[1].limits[0].for",
                "must not be decision where nothing is decided"
            },
            {
                "suffolk-mash",
                "stages[0].alsoAsks",
                null,
                "stages[0].escalatedBy.side",
                "must be a side that the stage asks, or alsoAsks names: nobody could take it further"
            },
            {
                "suffolk-mash",
                "stages[1].limits[0].missed",
                "{\"does\":\"escalate\",\"basis\":{\"where\":\"w\",\"text\":\"t\"}}",
                "stages[1].limits[0].missed.does",
                "must not be escalate: there is no stage after the final one"
            },
            {
                "suffolk",
                "stages[0].limits[0].limit.days",
                "3",
                "stages[0].limits[0].limit.days",
                "is not a known field"
            },
            { "suffolk", "name", null, "name", "must be given" },
            { "suffolk", "name", "null", "name", "must not be null" },
            { "suffolk", "name", "\" \"", "name", "must not be empty" },
            { "suffolk", "name", "\"a\\nb\"", "name", "must not hold line breaks or control characters" },
            { "suffolk", "name", "3", "name", "must be text" },
            { "suffolk", "version", "\"1\"", "version", "must be a whole number" },
            { "suffolk", "version", "1.5", "version", "must be a whole number" },
            { "suffolk", "stages", "{}", "stages", "must be a list" },
            { "suffolk", "stages[1]", "null", "stages[1]", "must be an object" },
            { "suffolk", "stages[1].tiers[0]", "null", "stages[1].tiers[0]", "must be text" },
            {
                "suffolk",
                "stages[0].told",
                "\"everyone\"",
                "stages[0].told",
                "must be one of raising, both, partnership, receiving"
            },
            {
                "suffolk",
                "stages[0].told",
                "1",
                "stages[0].told",
                "must be one of raising, both, partnership, receiving"
            },
            {
                "suffolk",
                "stages[0].told",
                "\"Both\"",
                "stages[0].told",
                "must be one of raising, both, partnership, receiving; did you mean both?"
            },
            {
                "suffolk",
                "stages[0].limits[0].limit.kind",
                "1",
                "stages[0].limits[0].limit.kind",
                "must be one of target, maximum"
            },
            {
                "suffolk",
                "stages[0].limits[0].limit.basis.text",
                "\"\"",
                "stages[0].limits[0].limit.basis.text",
                "must not be empty"
            },
            { "suffolk", "stages[0].limits[0].limit.basis", null, "stages[0].limits[0].limit.basis", "must be given" },
            { "suffolk", "workingTime.close", "\"5pm\"", "workingTime.close", "must be a time of day as \"17:00\"" },
            { "sefton", "workingTime.close", "\"00:00\"", "workingTime.close", "must be after 00:00" },
            {
                "suffolk",
                "workingTime.division",
                "\"wales\"",
                "workingTime.division",
                "must be one of england-and-wales, scotland, northern-ireland"
            },
            { "suffolk", "workingTime.zone", "\"Europe/Ipswich\"", "workingTime.zone", "must be an IANA time zone" },
            {
                "suffolk",
                "id",
                "\"Suffolk\"",
                "id",
                "must be lower-case words joined by hyphens, 40 characters at the most"
            },
            {
                "suffolk",
                "partnership",
                "\"suffolk-\"",
                "partnership",
                "must be lower-case words joined by hyphens, 40 characters at the most"
            },
            { "suffolk", "version", "0", "version", "must be 1 or more" },
            { "suffolk", "referencePrefix", "\"SUFFO\"", "referencePrefix", "must be two to four capitals" },
            { "suffolk", "parties.personKinds", "[]", "parties.personKinds", "must name at least one" },
            {
                "suffolk",
                "parties.personKinds[0]",
                "\"dog\"",
                "parties.personKinds[0]",
                "must be one of child, adult, family, theme"
            },
            {
                "suffolk",
                "stages[1].limits[0].from",
                "\"raised:1\"",
                "stages[1].limits[0].from",
                "must be raised, opened, opened:STAGE, day:STAGE or date:DATE"
            },
            {
                "suffolk",
                "stages[3].limits[0].cap.from",
                "\"raised:1\"",
                "stages[3].limits[0].cap.from",
                "must be raised, opened, opened:STAGE, day:STAGE or date:DATE"
            },
            { "suffolk", "natures[1].id", "\"referralDecision\"", "natures[1].id", "must not repeat referralDecision" },
            {
                "suffolk",
                "natures[1].id",
                "\"two words\"",
                "natures[1].id",
                "must be one word in camelCase, 40 characters at the most"
            },
            {
                "suffolk",
                "themes",
                "[{\"id\":\"drift\",\"name\":\"Drift\"},{\"id\":\"drift\",\"name\":\"Delay\"}]",
                "themes[1].id",
                "must not repeat drift"
            },
            {
                "suffolk",
                "themes",
                $"[{string.Join(',', Enumerable.Range(0, 21).Select(i => $"{{\"id\":\"theme{i}\",\"name\":\"Theme\"}}"))}]",
                "themes",
                "must name 20 at most"
            },
            {
                "suffolk",
                "methods[1].id",
                "\"letter\"",
                "methods[1].id",
                "must be one of phone, meeting, online, email"
            },
            { "suffolk", "methods[1].id", "\"phone\"", "methods[1].id", "must not repeat phone" },
            { "suffolk", "methods", "[]", "methods", "must accept at least one" },
            { "sandwell", "fields[0].options", "[]", "fields[0].options", "must offer at least one for a choice" },
            { "sandwell", "fields[0].kind", "\"number\"", "fields[0].kind", "must be text or choice" },
            { "sefton", "fields[0].withLegalStatus", "true", "fields[0].withLegalStatus", "goes with a choice only" },
            {
                "sefton",
                "fields[0].options",
                "[{\"id\":\"a\",\"name\":\"A\"}]",
                "fields[0].options",
                "must be empty for text"
            },
            { "suffolk", "stages", "[]", "stages", "must name at least one" },
            { "surrey-adults", "stages[1].id", "\"1\"", "stages[1].id", "must not repeat 1" },
            {
                "surrey-adults",
                "stages[1].id",
                "\"Two\"",
                "stages[1].id",
                "must be lower-case letters or digits, 12 at the most"
            },
            { "suffolk", "stages[0].tiers", "[]", "stages[0].tiers", "must name at least one" },
            {
                "suffolk",
                "stages[0].tiers[0]",
                "\"the boss\"",
                "stages[0].tiers[0]",
                "must be one word in camelCase, 40 characters at the most"
            },
            { "suffolk", "stages[1].tiers[1]", "\"lineManager\"", "stages[1].tiers[1]", "must not repeat lineManager" },
            {
                "suffolk",
                "stages[0].copyTiers",
                "[\"lineManager\"]",
                "stages[0].copyTiers",
                "goes with told partnership only"
            },
            {
                "surrey-adults-risk",
                "stages[0].told",
                "\"receiving\"",
                "stages[0].told",
                "must not be receiving where nobody receives"
            },
            {
                "suffolk",
                "stages[2].limits[0].limit.hours",
                "24",
                "stages[2].limits[0].limit",
                "must have exactly one of workingDays, calendarDays and hours"
            },
            {
                "suffolk",
                "stages[2].limits[0].limit.workingDays",
                null,
                "stages[2].limits[0].limit",
                "must have exactly one of workingDays, calendarDays and hours"
            },
            {
                "suffolk",
                "stages[2].limits[0].limit.workingDays",
                "61",
                "stages[2].limits[0].limit.workingDays",
                "must be 0 to 60"
            },
            {
                "suffolk",
                "stages[2].limits[0].limit.workingDays",
                "-1",
                "stages[2].limits[0].limit.workingDays",
                "must be 0 to 60"
            },
            {
                "berkshire-west-disagreement",
                "stages[1].limits[0].limit.hours",
                "0",
                "stages[1].limits[0].limit.hours",
                "must be 1 to 240"
            },
            {
                "suffolk",
                "stages[2].limits[0].from",
                "\"yesterday\"",
                "stages[2].limits[0].from",
                "must be raised, opened, opened:STAGE, day:STAGE or date:DATE"
            },
            {
                "suffolk",
                "stages[2].limits[0].from",
                "\"opened:9\"",
                "stages[2].limits[0].from",
                "must name a stage of this policy, not 9"
            },
            {
                "suffolk",
                "stages[2].limits[0].from",
                "\"opened:4\"",
                "stages[2].limits[0].from",
                "must name an earlier stage"
            },
            {
                "berkshire-west",
                "stages[2].limits[0].from",
                "\"raised\"",
                "stages[2].limits[0].from",
                "goes with a limit only"
            },
            {
                "suffolk",
                "stages[3].limits[0].cap.from",
                "\"day:4\"",
                "stages[3].limits[0].cap.from",
                "must name an earlier stage"
            },
            {
                "suffolk",
                "stages[3].limits[0].cap.from",
                "\"day:\"",
                "stages[3].limits[0].cap.from",
                "must be raised, opened, opened:STAGE, day:STAGE or date:DATE"
            },
            {
                "suffolk",
                "stages[3].limits[0].cap.limit",
                """{"hours":9,"kind":"target","basis":{"where":"w","text":"t"}}""",
                "stages[3].limits[0].cap.limit.hours",
                "must not be given: a cap counts days"
            },
            {
                "suffolk",
                "stages[0].outcomes[0]",
                "\"solved\"",
                "stages[0].outcomes[0]",
                "must be one of resolved, decided, withoutAgreement, responded, referred, noLongerDisagrees, registered, furtherAction"
                    + "; did you mean resolved?"
            },
            {
                "suffolk",
                "stages[0].outcomes[0]",
                "\"escalate\"",
                "stages[0].outcomes",
                "must not list escalate: every stage but the final one allows it"
            },
            {
                "suffolk-mash",
                "stages[1].outcomes",
                "[\"resolved\", \"decided\", \"escalate\"]",
                "stages[1].outcomes",
                "must not list escalate: there is no stage after the final one"
            },
            {
                "sandwell",
                "stages[4].decidedBy",
                null,
                "stages[4].decidedBy",
                "must be given exactly when outcomes list decided"
            },
            {
                "sandwell",
                "stages[4].review",
                "{\"everyWorkingDays\":5,\"basis\":{\"where\":\"w\",\"text\":\"t\"}}",
                "stages[4].review",
                "goes only with a stage that can be without a limit: with none, or whose last is no outcome and no decision"
            },
            {
                "suffolk",
                "stages[4].review.everyWorkingDays",
                "0",
                "stages[4].review.everyWorkingDays",
                "must be 1 to 60"
            },
            {
                "suffolk",
                "stages[1].sameDayReminder",
                "\"17:00\"",
                "stages[1].sameDayReminder",
                "must be before the close of business"
            },
            {
                "suffolk",
                "stages[1].requires[0].kind",
                "\"number\"",
                "stages[1].requires[0].kind",
                "must be text, yes, choice or date"
            },
            {
                "suffolk",
                "stages[1].requires[0].on",
                "[]",
                "stages[1].requires[0].on",
                "must name at least one outcome"
            },
            {
                "sefton",
                "stages[1].requires[0].on[0]",
                "\"decided\"",
                "stages[1].requires[0].on[0]",
                "must be one of resolved, noLongerDisagrees, escalate"
            },
            {
                "sefton",
                "stages[1].requires[0].askedOf",
                "\"partnership\"",
                "stages[1].requires[0].askedOf",
                "must be raising or receiving"
            },
            {
                "suffolk",
                "stages[1].requires[0].askedOf",
                "\"receiving\"",
                "stages[1].requires[0].askedOf",
                "must not be receiving at a stage that is the raising agency's own"
            },
            {
                "surrey-adults-risk",
                "stages[0].requires[0].askedOf",
                "\"receiving\"",
                "stages[0].requires[0].askedOf",
                "must be raising: nobody receives"
            },
        };
}
