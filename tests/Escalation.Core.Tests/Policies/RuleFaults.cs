namespace Escalation.Core.Tests.Policies;

/// <summary>Faults of what a policy has beside its stages: who is told, duties, holds, imminent risk, agreement, keeping.</summary>
internal static class RuleFaults
{
    /// <summary>As <see cref="PolicyFaults.Each"/>.</summary>
    public static TheoryData<string, string, string?, string, string> Each() =>
        new()
        {
            {
                "sandwell",
                "duties[0].owner",
                "\"rasing\"",
                "duties[0].owner",
                "must be raising, receiving, parties, reporting, partnership, businessManager, recordKeeper, missing or an agency's id"
                    + "; did you mean raising?"
            },
            {
                "sandwell",
                "tells[2].ifParty",
                "\"oak-hill\"",
                "tells[2].ifParty",
                "must be declared under agencies: oak-hill is not"
            },
            { "suffolk", "skip.forward", "\"yes\"", "skip.forward", "must be true or false" },
            { "suffolk", "skip.forward", null, "skip.forward", "must be given" },
            { "suffolk", "urgent", "[]", "urgent", "must be an object" },
            { "suffolk", "finalMissed.everyWorkingDays", "0", "finalMissed.everyWorkingDays", "must be 1 to 60" },
            { "suffolk", "retention.years", "0", "retention.years", "must be 1 to 100" },
            { "surrey-adults", "retention.years", "101", "retention.years", "must be 1 to 100" },
            { "suffolk", "retention.children.untilAge", "17", "retention.children.untilAge", "must be 18 to 100" },
            { "suffolk", "retention.children.untilAge", "101", "retention.children.untilAge", "must be 18 to 100" },
            {
                "suffolk",
                "retention.children.yearsWithoutBirthDate",
                "5",
                "retention.children.yearsWithoutBirthDate",
                "must be years to 100"
            },
            {
                "suffolk",
                "retention.children.yearsWithoutBirthDate",
                "101",
                "retention.children.yearsWithoutBirthDate",
                "must be years to 100"
            },
            { "suffolk", "finalMissed.everyWorkingDays", "61", "finalMissed.everyWorkingDays", "must be 1 to 60" },
            {
                "sandwell",
                "skip.urgentTo",
                "\"9\"",
                "skip.urgentTo",
                "must name a stage after the first that is for every concern"
            },
            { "suffolk", "hold.stages[0]", "\"5\"", "hold.stages[0]", "must be one of 1, 2, 3, 4" },
            { "suffolk", "hold.stages", "[]", "hold.stages", "must name at least one" },
            { "suffolk", "hold.reviewWorkingDays", "11", "hold.reviewWorkingDays", "must be 1 to maxWorkingDays" },
            { "suffolk", "hold.maxWorkingDays", "61", "hold.maxWorkingDays", "must be 1 to 60" },
            {
                "suffolk",
                "hold.unresolvedGoesTo",
                "\"9\"",
                "hold.unresolvedGoesTo",
                "must name a stage after the first"
            },
            {
                "suffolk",
                "hold.unresolvedWhen",
                null,
                "hold.unresolvedWhen",
                "must be given exactly when unresolvedGoesTo is"
            },
            {
                "suffolk",
                "hold.unresolvedWhen",
                "\"fullMoon\"",
                "hold.unresolvedWhen",
                "must be a circumstance of this policy"
            },
            {
                "sefton",
                "confirmation.exceptStages",
                "[\"9\"]",
                "confirmation.exceptStages[0]",
                "must be one of 1, 2, 3, 4"
            },
            {
                "sandwell",
                "confirmation.exceptStages",
                "[\"4\"]",
                "confirmation.exceptStages",
                "goes with byBoth only"
            },
            {
                "berkshire-west",
                "urgent.tell[0].agency",
                "\"Raising\"",
                "urgent.tell[0].agency",
                "must be reporting, raising, receiving, parties, partnership or an agency's id; did you mean raising?"
            },
            {
                "berkshire-west",
                "urgent.tell[0].tier",
                "\"named:neighbour\"",
                "urgent.tell[0].tier",
                "must name a role that the policy declares under roles, not neighbour"
            },
            {
                "surrey-adults-risk",
                "tells",
                "[{\"when\":\"ended\",\"who\":{\"agency\":\"receiving\",\"tier\":\"chair\"},"
                    + "\"text\":\"x\",\"circumstances\":[],\"basis\":{\"where\":\"w\",\"text\":\"t\"}}]",
                "tells[0].who.agency",
                "must not be receiving where nobody receives"
            },
            {
                "sandwell",
                "tells[0].when",
                "\"stageOpened\"",
                "tells[0].when",
                "must be stageOpened:, beforeStage: or stageMissed:STAGE, outcome:OUTCOME, outcomeAt:STAGE:OUTCOME, "
                    + "or disputed, withdrawn or ended, each with or without :STAGE"
            },
            {
                "sandwell",
                "tells[0].when",
                "\"stageClosed:1\"",
                "tells[0].when",
                "must be stageOpened:, beforeStage: or stageMissed:STAGE, outcome:OUTCOME, outcomeAt:STAGE:OUTCOME, "
                    + "or disputed, withdrawn or ended, each with or without :STAGE"
            },
            {
                "sandwell",
                "tells[0].when",
                "\"stageOpened:9\"",
                "tells[0].when",
                "must name a stage of this policy, not 9"
            },
            {
                "sandwell",
                "tells[0].circumstances[0]",
                "\"fullMoon\"",
                "tells[0].circumstances[0]",
                "must be one of childProtectionPlan, lookedAfter"
            },
            {
                "surrey-adults-risk",
                "tells",
                "[{\"when\":\"ended\",\"who\":{\"agency\":\"partnership\",\"tier\":\"chair\"},"
                    + "\"text\":\"x\",\"circumstances\":[\"lookedAfter\"],\"basis\":{\"where\":\"w\",\"text\":\"t\"}}]",
                "tells[0].circumstances[0]",
                "must not be there: the policy has none"
            },
            {
                "sandwell",
                "tells[2].ifParty",
                "\"The Trust\"",
                "tells[2].ifParty",
                "must be lower-case words joined by hyphens, 40 characters at the most"
            },
            {
                "sandwell",
                "duties[1].id",
                "\"confirmationOfAgreement\"",
                "duties[1].id",
                "must not repeat confirmationOfAgreement"
            },
            {
                "sandwell",
                "duties[0].when",
                "\"outcome:registered\"",
                "duties[0].when",
                "must name an outcome of this policy, not registered"
            },
            {
                "sandwell",
                "duties[5].when",
                "\"outcomeAt:3:decided\"",
                "duties[5].when",
                "must name a stage and an outcome it allows, not 3 and decided"
            },
            {
                "sandwell",
                "duties[4].when",
                "\"stageOpened:9\"",
                "duties[4].when",
                "must name a stage of this policy, not 9"
            },
            {
                "sandwell",
                "duties[4].when",
                "\"sometimes\"",
                "duties[4].when",
                "must be stageOpened:, stageReached: or stageClosed:STAGE, outcome:OUTCOME, outcome:*, "
                    + "outcomeAt:STAGE:OUTCOME, learning, urgent or contactMissing"
            },
            {
                "sandwell",
                "duties[4].owner",
                "\"theBoss\"",
                "duties[4].owner",
                "must be raising, receiving, parties, reporting, partnership, businessManager, recordKeeper, missing or an agency's id"
            },
            {
                "sandwell",
                "duties[4].owner",
                "\"missing\"",
                "duties[4].owner",
                "must not be missing except when contactMissing"
            },
            {
                "sandwell",
                "duties[4].byStageDeadline",
                "true",
                "duties[4]",
                "must have at most one of workingDays, calendarDays, hours, months, withinMonthOfMeeting, byStageDeadline and sameDay"
            },
            { "sandwell", "duties[4].workingDays", "99", "duties[4].workingDays", "must be 0 to 60" },
            {
                "sandwell",
                "duties[7].byStageDeadline",
                "true",
                "duties[7].byStageDeadline",
                "goes with stageOpened or stageReached only"
            },
            {
                "sandwell",
                "duties[3].circumstances",
                "[\"fullMoon\"]",
                "duties[3].circumstances[0]",
                "must be one of childProtectionPlan, lookedAfter"
            },
            {
                "sandwell",
                "duties[9].withinMonthOfMeeting",
                "true",
                "duties[9].withinMonthOfMeeting",
                "goes with an outcome only"
            },
        };
}
