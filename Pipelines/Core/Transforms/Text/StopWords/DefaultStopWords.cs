namespace MLPath.Transforms.Text;

/// <summary>The stop words of languages: their function words, which say little of what a text is about.</summary>
/// <remarks>
/// Pronouns with their forms, articles, prepositions, conjunctions, auxiliary verbs with their forms, particles, and in English also the commonest
/// quantifiers and adverbs of degree. Spelled with the language's own letters; words are compared without regard to case.
/// </remarks>
internal static class DefaultStopWords
{
    public static string[] Of(StopWordsRemovingEstimator.Language language) => (language switch
    {
        StopWordsRemovingEstimator.Language.English => English,
        StopWordsRemovingEstimator.Language.French => French,
        StopWordsRemovingEstimator.Language.German => German,
        StopWordsRemovingEstimator.Language.Dutch => Dutch,
        StopWordsRemovingEstimator.Language.Danish => Danish,
        StopWordsRemovingEstimator.Language.Swedish => Swedish,
        StopWordsRemovingEstimator.Language.Italian => Italian,
        StopWordsRemovingEstimator.Language.Spanish => Spanish,
        StopWordsRemovingEstimator.Language.Portuguese => Portuguese,
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "There is no such language."),
    }).Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private const string English =
        """
        i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its itself
        they them their theirs themselves one who whom whose which what that this these those another other others each every either neither
        some any no none all both few many much more most several such same own enough less least lot lots something anything nothing everything
        someone anyone everyone nobody somebody anybody everybody a an the
        am is are was were be been being have has had having do does did doing done will would shall should can could may might must ought need
        i'm you're he's she's it's we're they're i've you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll they'll
        isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't shan't shouldn't can't cannot couldn't mustn't
        mightn't needn't let's that's who's what's here's there's when's where's why's how's
        and or but nor so yet if then else because as than though although while until unless since whether
        of at by for with without about against between among into through throughout during before after above below to toward towards from up
        down in out on off over under upon within along across behind beside besides beyond near per via again further once
        here there where when why how ever never always often sometimes now just only also too very quite rather almost even still already not
        """;

    private const string French =
        """
        je j' j m' m me moi tu t' t te toi il elle on nous vous ils elles se s' s soi lui leur leurs eux y en le la les l' l un une des du de d' d au aux
        mon ma mes ton ta tes son sa ses notre nos votre vos ce cet cette ces c' c ça cela ceci celui celle ceux celles qui que qu' qu quoi dont où
        quel quelle quels quelles lequel laquelle lesquels lesquelles
        et ou mais ni or car donc si comme quand lorsque puisque parce tandis
        à dans par pour sur sous avec sans chez vers entre contre depuis pendant avant après jusque malgré dès
        ne n' n pas plus point jamais rien aucun aucune très trop peu aussi même mêmes tout toute tous toutes autre autres là ici
        être suis es est sommes êtes sont étais était étions étiez étaient fus fut fûmes fûtes furent serai seras sera serons serez seront serais
        serait serions seriez seraient sois soit soyons soyez soient fusse fusses fût fussions fussiez fussent étant été étée étés étées
        avoir ai as a avons avez ont avais avait avions aviez avaient eus eut eûmes eûtes eurent aurai auras aura aurons aurez auront aurais
        aurait aurions auriez auraient aie aies ait ayons ayez aient eusse eusses eût eussions eussiez eussent ayant eu eue eus eues
        """;

    private const string German =
        """
        ich mich mir mein meine meinem meinen meiner meines du dich dir dein deine deinem deinen deiner deines er ihn ihm sein seine seinem seinen
        seiner seines sie ihr ihre ihrem ihren ihrer ihres es wir uns unser unsere unserem unseren unserer unseres unsre euch euer eure eurem euren
        eurer eures ihnen sich selbst man der die das den dem des ein eine einem einen einer eines kein keine keinem keinen keiner keines
        dieser diese diesem diesen dieses jener jene jenem jenen jenes jeder jede jedem jeden jedes mancher manche manchem manchen manches solcher
        solche solchem solchen solches welcher welche welchem welchen welches derselbe dieselbe dasselbe derselben demselben denselben desselben
        dieselben wer wen wem wessen was alle allem allen aller alles andere anderem anderen anderer anderes anders einige einigem einigen einiger
        einiges etwas nichts viel viele
        und oder aber denn sondern doch dass daß weil wenn als ob während bis damit also so wie sonst indem
        an am ans auf aus bei beim bevor durch für gegen hinter in im ins mit nach ohne über um unter vom von vor zu zum zur zwischen seit wegen
        nicht noch nur nun auch da dann dort hier hin her jetzt schon sehr weiter wieder wo zwar einmal
        bin bist ist sind seid war warst waren wart sei gewesen habe hast hat haben habt hatte hattest hatten hattet gehabt werde wirst wird werden
        werdet wurde wurden würde würdest würden worden geworden kann kannst können könnt konnte könnte muss müssen musste soll sollen sollte will
        wollen wollte darf dürfen durfte mag mögen machen
        """;

    private const string Dutch =
        """
        ik mij me mijn jij je jou jouw u uw hij hem zijn zij ze haar het wij we ons onze jullie hun hen zich zelf men de een der den des
        dit dat deze die wie wat welke iemand niemand iets niets alles alle veel ander andere geen elk elke ieder
        en of maar want dus als dan omdat terwijl hoewel zodat indien noch
        aan achter af bij binnen boven buiten door in langs met na naar naast om onder op over per sinds te tegen ten ter tot tussen uit van
        vanaf via voor zonder
        niet nog nu ook al altijd daar er hier hoe waar waarom wanneer toch toen zo zeer reeds meer eens heel wel doch
        ben bent is was waren geweest wees heb hebt heeft hebben had hadden gehad word wordt worden werd werden geworden zal zult zullen zou zouden
        kan kunt kunnen kon konden moet moeten moest moesten mag mogen mocht wil willen wilde doe doet doen deed
        """;

    private const string Danish =
        """
        jeg mig min mit mine du dig din dit dine han ham hans hun hende hendes den det de dem deres vi os vores vor vort vore i jer jeres sig sin sit
        sine man en et denne dette disse der som hvem hvad hvilken hvilket hvilke anden andet andre nogen noget nogle ingen intet alle alt meget
        mange sådan selv
        og eller men for så hvis når da at fordi mens end om
        af på til fra med uden ved under over efter før ind ud op ned i hos mod mellem gennem siden
        ikke nu også her hvor hvordan hvorfor jo dog blot bare kun
        er var været være bliver blive blev har have havde haft kan kunne skal skulle vil ville må måtte bør burde gør gøre gjorde
        """;

    private const string Swedish =
        """
        jag mig min mitt mina du dig din ditt dina han honom hans hon henne hennes den det de dem deras vi oss vår vårt våra ni er ert era sig sin
        sitt sina man en ett denna detta dessa dess som vem vad vilken vilket vilka någon något några ingen inget inga all allt alla mycket många
        sådan sådant sådana själv varje
        och eller men för så om när då att därför medan än eftersom
        av på till från med utan vid under över efter före in ut upp ned i hos mot mellan genom sedan åt bakom
        inte icke ej nu också här var hur varför ju dock bara där
        är var varit vara blir bli blev blivit har ha hade haft kan kunna kunde ska skall skulle vill ville måste bör borde gör göra gjorde
        """;

    private const string Italian =
        """
        io mi me mio mia miei mie tu ti te tuo tua tuoi tue egli lui lo gli ella lei la le suo sua suoi sue si sé noi ci ce nostro nostra nostri nostre
        voi vi ve vostro vostra vostri vostre essi loro li ne il l' l i un uno una
        questo questa questi queste quello quella quelli quelle quel quei ciò chi che cui quale quali quanto quanta quanti quante
        tutto tutta tutti tutte altro altra altri altre ogni nessuno nessuna niente nulla più poco molto
        e ed o oppure ma né se come quando perché mentre poiché anche dunque però
        a ad al allo ai agli all agl alla alle con col coi da dal dallo dai dagli dall dagl dalla dalle di del dello dei degli dell degl della delle
        in nel nello nei negli nell negl nella nelle su sul sullo sui sugli sull sugl sulla sulle per tra fra contro senza
        non dove qui là già ancora così poi
        sono sei è siamo siete sia siate siano sarò sarai sarà saremo sarete saranno sarei saresti sarebbe saremmo sareste sarebbero ero eri era
        eravamo eravate erano fui fosti fu fummo foste furono fossi fosse fossimo fossero essendo stato stata stati state essere
        ho hai ha abbiamo avete hanno abbia abbiate abbiano avrò avrai avrà avremo avrete avranno avrei avresti avrebbe avremmo avreste avrebbero
        avevo avevi aveva avevamo avevate avevano ebbi avesti ebbe avemmo aveste ebbero avessi avesse avessimo avessero avendo avuto avuta avuti avute
        avere faccio fai fa facciamo fate fanno fare fatto sto stai sta stiamo stanno stare
        """;

    private const string Spanish =
        """
        yo me mí mi mis mío mía míos mías tú te ti tu tus tuyo tuya tuyos tuyas él lo le la ella ello se sí su sus suyo suya suyos suyas nosotros
        nosotras nos nuestro nuestra nuestros nuestras vosotros vosotras os vuestro vuestra vuestros vuestras ellos ellas los las les usted ustedes
        el un una unos unas este esta esto estos estas ese esa eso esos esas aquel aquella aquello aquellos aquellas que qué quien quién quienes cual
        cuál cuales cuyo cuya algo alguien alguno alguna algunos algunas nada nadie ninguno ninguna otro otra otros otras todo toda todos todas mucho
        muchos poco
        y e o u pero mas sino ni si como cuando porque pues aunque mientras
        a al ante bajo con contra de del desde durante en entre hacia hasta para por según sin sobre tras
        no más muy ya también tampoco donde cómo antes así aún aquí allí tanto
        ser soy eres es somos sois son sea seas seamos seáis sean seré serás será seremos seréis serán sería serías seríamos serían era eras éramos
        erais eran fui fuiste fue fuimos fuisteis fueron fuera fueras fuéramos fueran siendo sido
        estar estoy estás está estamos estáis están esté estés estemos estén estaba estabas estábamos estaban estuvo estuvieron estado estando
        haber he has ha hay hemos habéis han haya hayas hayamos hayan habrá habrán habría habrían había habías habíamos habían hubo hubieron habido
        habiendo tener tengo tienes tiene tenemos tenéis tienen tenga tengan tendrá tendría tenía tenían tuvo tuvieron tenido teniendo
        """;

    private const string Portuguese =
        """
        eu me mim meu minha meus minhas tu te ti teu tua teus tuas ele ela o a lhe se si seu sua seus suas nós nos nosso nossa nossos nossas vós vos
        você vocês eles elas os as lhes um uma uns umas este esta isto estes estas esse essa isso esses essas aquele aquela aquilo aqueles aquelas
        dele dela deles delas que quem qual quais cujo cuja algo alguém algum alguma alguns algumas nada ninguém nenhum nenhuma outro outra outros
        outras todo toda todos todas tudo muito muitos
        e ou mas nem se como quando porque pois embora enquanto
        ao à aos às com contra de da do das dos desde durante em na no nas nos num numa entre até para por pela pelo pelas pelos sem sob sobre após
        não mais já também só depois antes onde aqui ali mesmo
        ser sou és é somos são seja sejamos sejam serei será seremos serão seria seríamos seriam era éramos eram fui foi fomos foram fora fosse fossem
        sendo sido estar estou está estamos estão esteja estejam estava estávamos estavam esteve estiveram estado
        haver hei há havemos hão haja hajam havia haviam houve houveram houver haverá haveria
        ter tenho tens tem temos têm tenha tenham terei terá teremos terão teria teriam tinha tínhamos tinham teve tiveram tido tendo
        """;
}
